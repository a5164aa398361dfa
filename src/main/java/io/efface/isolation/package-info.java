/**
 * Footage is opened in child processes, where it can do little harm: starting them, what they may
 * see, how long they may be silent, and the protocol between them and their parent. May use {@code
 * pipeline} and what that may use.
 *
 * <p>A child is trusted with nothing: it gets no key, gives no file its final name, and what it
 * says is read as words of a stranger.
 */
@NullMarked
package io.efface.isolation;

import org.jspecify.annotations.NullMarked;
