package io.jlvs.api;

/** What identifies a real server: its service, and its own address and port. */
public record ServerId(ServiceKey service, Endpoint server) {}
