package io.jlvs.api;

/**
 * Whether the relay of the {@code user} data path tells a real server who the client is
 * (HAProxy's PROXY protocol specification, versions 1 and 2).
 */
public enum ProxyProtocol {
    NONE,
    V1,
    V2
}
