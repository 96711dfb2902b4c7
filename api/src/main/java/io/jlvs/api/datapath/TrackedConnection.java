package io.jlvs.api.datapath;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Protocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A line of the connection table ({@code ipvsadm -Lc}).
 *
 * @param protocol null for the template of a mark service, shown as {@code IP}
 * @param state the word that IPVS shows: {@code ESTABLISHED}, {@code UDP}; {@code NONE} or {@code ASSURED} for templates
 * @param client a template's is masked and has port 0
 * @param virtual a mark's template has the mark as an IPv4 address
 * @param expires until it goes if nothing comes, never negative
 */
public record TrackedConnection(
        @Nullable Protocol protocol,
        String state,
        Endpoint client,
        Endpoint virtual,
        Endpoint server,
        Duration expires) {}
