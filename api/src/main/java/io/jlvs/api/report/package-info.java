/** What a director tells when it is asked: the replies of its event bus as records. */
@NullMarked
package io.jlvs.api.report;

import org.jspecify.annotations.NullMarked;
