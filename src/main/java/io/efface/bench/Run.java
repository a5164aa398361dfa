package io.efface.bench;

/**
 * What one process took.
 *
 * @param seconds from its start to its end
 * @param cpuSeconds of all of its threads; 0 where the system does not tell
 * @param peakBytes most memory it held at once; 0 where the system does not tell
 */
record Run(double seconds, double cpuSeconds, long peakBytes) {}
