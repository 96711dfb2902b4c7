/** The plugin host: jars in a folder become schedulers and forwarding modes. */
@NullMarked
package io.jlvs.engine.plugin;

import org.jspecify.annotations.NullMarked;
