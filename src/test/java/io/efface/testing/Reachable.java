package io.efface.testing;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an object keeps in memory, for tests that it does not grow with the film. */
public final class Reachable {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> waiting = new ArrayDeque<>();
  private int count;

  private Reachable() {}

  /** How many of the program's objects, and elements of arrays, are reached from one. */
  public static int from(Object root) {
    Reachable all = new Reachable();
    all.reach(root);
    while (!all.waiting.isEmpty()) {
      all.follow(all.waiting.remove());
    }
    return all.count;
  }

  private void reach(@Nullable Object object) {
    if (object != null && !(object instanceof Enum) && seen.add(object)) {
      waiting.add(object);
    }
  }

  private void follow(Object object) {
    if (object instanceof Collection<?> elements) {
      elements.forEach(this::reach);
    } else if (object instanceof Map<?, ?> map) {
      map.values().forEach(this::reach);
    } else if (object instanceof Optional<?> optional) {
      optional.ifPresent(this::reach);
    } else if (object.getClass().isArray()) {
      count += Array.getLength(object);
      if (object instanceof Object[] elements) {
        for (Object element : elements) {
          reach(element);
        }
      }
    } else if (object.getClass().getName().startsWith("io.efface.")) {
      count++;
      fields(object);
    }
  }

  private void fields(Object object) {
    for (Field field : object.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        field.setAccessible(true);
        try {
          reach(field.get(object));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
