package io.efface.redact;

import io.efface.geometry.Box;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sorts regions into groups that touch, soft edges included, so that each group is filled as one.
 */
final class RegionGroups {
  private RegionGroups() {}

  /** The groups, in the order of their first members; members stay in order. */
  static Collection<List<Footprint>> of(List<Footprint> shapes) {
    int[] root = new int[shapes.size()];
    Box[] boxes = new Box[root.length];
    for (int i = 0; i < root.length; i++) {
      root[i] = i;
      boxes[i] = shapes.get(i).box().grow(shapes.get(i).featherPx(), shapes.get(i).featherPx());
      for (int j = 0; j < i; j++) {
        if (touch(boxes[i], boxes[j])) {
          int a = find(root, i);
          int b = find(root, j);
          root[Math.max(a, b)] = Math.min(a, b);
        }
      }
    }
    Map<Integer, List<Footprint>> groups = new LinkedHashMap<>();
    for (int i = 0; i < root.length; i++) {
      groups.computeIfAbsent(find(root, i), first -> new ArrayList<>()).add(shapes.get(i));
    }
    return groups.values();
  }

  /** As an intersection that is not empty; without making a box for each pair. */
  private static boolean touch(Box a, Box b) {
    return a.left() < b.right()
        && b.left() < a.right()
        && a.top() < b.bottom()
        && b.top() < a.bottom();
  }

  private static int find(int[] root, int i) {
    int r = i;
    while (root[r] != r) {
      root[r] = root[root[r]];
      r = root[r];
    }
    return r;
  }
}
