package io.jlvs.api.event;

import io.jlvs.api.Command;

/**
 * The desired state was changed, saved and taken by the data path.
 *
 * @param version of the state, rising by one with each change
 */
public record ConfigurationChanged(long at, long version, Command change) implements JlvsEvent {}
