/** Programs that measure; run by hand, never as tests. */
@NullMarked
package io.efface.benchmark;

import org.jspecify.annotations.NullMarked;
