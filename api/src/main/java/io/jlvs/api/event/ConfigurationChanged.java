package io.jlvs.api.event;

import io.jlvs.api.Command;

/**
 * The desired state was changed and taken by the data path; it may not be on disk yet.
 *
 * @param version of the state, rising by one with each change
 * @param by who made the change and with what: {@code root with ipvsadm}, {@code 127.0.0.1 with the console}
 */
public record ConfigurationChanged(long at, long version, Command change, String by) implements JlvsEvent {}
