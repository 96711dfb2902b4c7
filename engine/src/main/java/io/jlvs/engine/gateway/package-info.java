/**
 * The ways in for those who are not on the bus of this process: what they may ask, what they are told, and how little they
 * can do by being slow, many or malicious. All of it runs on one event loop of its own, apart from the director's.
 */
@NullMarked
package io.jlvs.engine.gateway;

import org.jspecify.annotations.NullMarked;
