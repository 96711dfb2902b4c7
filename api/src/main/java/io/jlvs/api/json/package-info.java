/** Everything public as JSON: the model, the commands and the events. */
@NullMarked
package io.jlvs.api.json;

import org.jspecify.annotations.NullMarked;
