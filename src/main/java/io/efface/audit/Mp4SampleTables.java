package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of a track, or of its part of a fragment, that say something of each sample (ISO/IEC
 * 14496-12, 8.6 and 8.9). No player reads what one of them says of samples that are not there.
 * Single-threaded.
 */
final class Mp4SampleTables {
  private static final String GROUPINGS = " roll prol rap  sync ";

  /** So many packets a decoder of sound has to start before the one that it wants, and no more. */
  private static final int MOST_ROLL = 32;

  /** So many groups may be described beside those that are one of each sample. */
  private static final int FEW = 16;

  /** In a fragment, this marks the number of a group that the fragment itself describes. */
  private static final long OF_FRAGMENT = 0x10000;

  private final Findings findings;
  private final List<Table> tables = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Long> groups = new HashMap<>();

  /**
   * A table whose content waits for the number of samples.
   *
   * @param body from behind version and flags on, or behind the kind of grouping
   * @param grouping empty where it is none
   */
  private record Table(String type, Slice body, String grouping, String path) {}

  /** No tables yet. */
  Mp4SampleTables(Findings findings) {
    this.findings = findings;
  }

  /** Takes over the content of a box. */
  void add(String type, Slice body, String path) {
    long version = body.u32() >>> 24;
    if (!type.equals("sgpd") && !type.equals("sbgp")) {
      tables.add(new Table(type, body, "", path));
      return;
    }
    long at = body.at();
    String grouping = body.fourCc();
    if (!GROUPINGS.contains(" " + grouping + " ")) {
      findings.add(Kind.UNKNOWN, "a grouping of samples that is not known", path, at);
    } else if (!seen.add(type + grouping)) {
      findings.add(Kind.HIDDEN, "a box that stands there twice", path, at);
    } else if (type.equals("sgpd")) {
      groups.put(grouping, descriptions(version, grouping, body, path));
    } else {
      findings.blank(body.take(version == 1 ? 4 : 0), path);
      tables.add(new Table(type, body, grouping, path));
    }
  }

  /** sgpd: how samples of a group are to be started from; gives the number of groups. */
  private long descriptions(long version, String grouping, Slice body, String path) {
    boolean distance = grouping.equals("roll") || grouping.equals("prol");
    int bytes = distance ? 2 : 1;
    // Version 0 does not say how long they are, version 2 has the number of a group there.
    if (version > 0 && body.u32() != bytes && version == 1) {
      throw new Malformed(body.at());
    }
    long count = body.u32();
    if (!distance && count > FEW) {
      throw new Malformed(body.at());
    }
    for (long i = 0; i < count; i++) {
      if (distance && Math.abs((short) body.u16()) > MOST_ROLL) {
        throw new Malformed(body.at());
      }
      body.skip(distance ? 0 : 1);
    }
    findings.exhausted(body, path);
    return count;
  }

  /**
   * Checks all that was taken over.
   *
   * @param samples how many there are
   */
  void check(long samples) {
    for (Table table : tables) {
      try {
        Slice body = table.body().apart(4096);
        check(table, body, samples);
        findings.exhausted(body, table.path());
      } catch (Malformed e) {
        findings.malformed(table.path(), e.offset());
      }
    }
    for (Map.Entry<String, Long> described : groups.entrySet()) {
      if (described.getValue() > Math.max(samples, FEW)) {
        findings.add(Kind.HIDDEN, "more groups than samples", "sgpd of " + described.getKey(), 0);
      }
    }
  }

  private void check(Table table, Slice body, long samples) {
    switch (table.type()) {
      case "stts" -> {
        // Players go on with the last duration where there are too few.
        if (pairs(body, samples, Long.MAX_VALUE) != samples) {
          throw new Malformed(body.at());
        }
      }
      case "ctts" -> pairs(body, samples, Long.MAX_VALUE);
      case "sbgp" -> {
        long here = groups.getOrDefault(table.grouping(), 0L);
        pairs(body, samples, Math.max(FEW, here));
      }
      case "stss", "stps" -> numbers(body, samples);
      case "sdtp" -> dependencies(body.take(samples), table.path());
      default -> throw new IllegalStateException("no check for " + table.path());
    }
  }

  /** Pairs of a count of samples and a value; gives the number of samples that they speak of. */
  private static long pairs(Slice body, long samples, long most) {
    long pairs = body.u32();
    long told = 0;
    for (long i = 0; i < pairs; i++) {
      long count = body.u32();
      long value = body.u32();
      told += count;
      // libav writes one pair of no samples where there are none.
      boolean nothing = count == 0 && (pairs > 1 || samples > 0);
      if (nothing || told > samples || (value & ~OF_FRAGMENT) > most) {
        throw new Malformed(body.at());
      }
    }
    return told;
  }

  /** Numbers of samples, which are counted from 1. */
  private static void numbers(Slice body, long samples) {
    long last = 0;
    for (long left = body.u32(); left > 0; left--) {
      long number = body.u32();
      if (number <= last || number > samples) {
        throw new Malformed(body.at());
      }
      last = number;
    }
  }

  /**
   * sdtp, a byte a sample: whether it needs others and whether others need it, two bits each with
   * three meanings. Nothing writes the outer two pairs of bits, and decoding heeds none.
   */
  private void dependencies(Slice body, String path) {
    while (body.hasRemaining()) {
      long at = body.at();
      int value = body.u8();
      if ((value & 0xc3) != 0 || value >> 4 == 3 || (value >> 2 & 3) == 3) {
        findings.add(Kind.HIDDEN, "dependencies of samples that mean nothing", path, at);
        return;
      }
    }
  }
}
