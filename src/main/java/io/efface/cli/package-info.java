/** Arguments, progress, messages, exit codes. May use every package. */
@NullMarked
package io.efface.cli;

import org.jspecify.annotations.NullMarked;
