/**
 * Several directors as one: they agree on the desired state, know who lives, and share what a take-over needs. Membership
 * and messages are JGroups', the agreement is Raft's (jgroups-raft); docs/cluster.md says what that guarantees.
 */
@NullMarked
package io.jlvs.engine.cluster;

import org.jspecify.annotations.NullMarked;
