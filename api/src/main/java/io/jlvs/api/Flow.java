package io.jlvs.api;

/**
 * The addresses of one connection as the client sees it.
 *
 * @param client the client's address and port
 * @param virtual the address and port that the client asked for
 */
public record Flow(Protocol protocol, Endpoint client, Endpoint virtual) {}
