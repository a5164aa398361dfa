/**
 * Attacks on what the program makes: who tries to recognise, to read or to add up what was redacted
 * finds nothing, and finds it in what other ways of hiding leave, so that the attack is known to
 * work. The figures go to {@code target/attacks.md}.
 */
@NullMarked
package io.efface.attack;

import org.jspecify.annotations.NullMarked;
