package io.efface.audit;

import static io.efface.audit.Pieces.element;
import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.unit;
import static io.efface.audit.Pieces.zeros;

import java.util.HashMap;
import java.util.Map;

/** A film of two frames of H.264 whose parts can be changed before it is made. */
final class TinyMatroska {
  final Map<String, byte[]> more = new HashMap<>();
  String docType = "matroska";
  String scale = "0f4240";
  String time = "00";
  String muxer = "\0\0\0\0";
  String trackType = "01";
  String trackUid = "01";
  String codec = "V_MPEG4/ISO/AVC";
  byte[] header = hex("0142c00aff e1 0007 6742c00ada1099 01 0004 68ce3880");
  byte[] first = join(hex("81 0000 80"), unit("658884"));

  /** More children for an element, by its name. */
  TinyMatroska with(String parent, byte[] child) {
    more.merge(parent, child, Pieces::join);
    return this;
  }

  private byte[] more(String parent) {
    return more.getOrDefault(parent, zeros(0));
  }

  byte[] bytes() {
    byte[] segment =
        join(
            element(
                "1549A966",
                element("2AD7B1", hex(scale)),
                element("4D80", text(muxer)),
                element("5741", zeros(4)),
                more("Info")),
            element("1654AE6B", track(), more("Tracks")),
            element(
                "1F43B675",
                element("E7", hex(time)),
                element("A3", first),
                element("A0", element("A1", hex("81 0028 00"), unit("419a3f")), more("BlockGroup")),
                more("Cluster")),
            more("Segment"));
    return join(
        element("1A45DFA3", element("4286", hex("01")), element("4282", text(docType))),
        element("18538067", segment),
        more("file"));
  }

  private byte[] track() {
    return element(
        "AE",
        element("D7", hex("01")),
        element("73C5", hex(trackUid)),
        element("83", hex(trackType)),
        element("22B59C", text("und")),
        element("86", text(codec)),
        header.length > 0 ? element("63A2", header) : zeros(0),
        element("E0", element("B0", hex("40")), element("BA", hex("40")), more("Video")),
        more("TrackEntry"));
  }
}
