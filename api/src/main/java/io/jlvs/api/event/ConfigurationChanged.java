package io.jlvs.api.event;

import io.jlvs.api.Command;

/**
 * The desired state was changed and taken by the data path; it may not be on disk yet.
 *
 * @param version of the state, rising by one with each change
 */
public record ConfigurationChanged(long at, long version, Command change) implements JlvsEvent {}
