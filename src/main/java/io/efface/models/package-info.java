/**
 * Models by others: which are published, where fetched ones lie, and how they get there. Alone goes
 * to the network, and only to fetch. May use {@code detect}.
 */
@NullMarked
package io.efface.models;

import org.jspecify.annotations.NullMarked;
