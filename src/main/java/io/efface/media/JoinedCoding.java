package io.efface.media;

/**
 * What an encoder must keep to so that its stream can stand beside the input's.
 *
 * @param parameterId number of its parameter sets, which the input does not use
 * @param profile x264's name of the widest profile
 * @param reordered by how many pictures at most the order of showing may differ, 0 to 16
 */
record JoinedCoding(int parameterId, String profile, int reordered) {}
