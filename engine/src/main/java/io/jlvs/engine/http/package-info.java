/** What the engine serves over HTTP: metrics, health, service discovery, and the console with its way to the event bus. */
@org.jspecify.annotations.NullMarked
package io.jlvs.engine.http;
