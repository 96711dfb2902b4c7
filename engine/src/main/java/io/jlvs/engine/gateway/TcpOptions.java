package io.jlvs.engine.gateway;

import io.jlvs.engine.bus.Role;
import java.util.Optional;

/**
 * Where siblings come in over TCP.
 *
 * @param port 0..65535; 0 takes a free one
 * @param tls without it frames are sent in the clear
 * @param anonymous what one without a token may do; nothing when empty
 */
public record TcpOptions(String host, int port, Optional<Tls> tls, Optional<Role> anonymous) {}
