/** Checks of the finished file. May use everything below {@code pipeline}. */
@NullMarked
package io.efface.audit;

import org.jspecify.annotations.NullMarked;
