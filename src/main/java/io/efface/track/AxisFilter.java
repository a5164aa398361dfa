package io.efface.track;

/**
 * A Kalman filter of one coordinate with constant velocity, driven by white noise on the
 * acceleration, so that unequal time steps need no special case.
 */
final class AxisFilter {
  private double position;
  private double velocity;
  private double positionVariance;
  private double covariance;
  private double velocityVariance;

  /** Starts at a measured position, with a guessed velocity a second and standard deviations. */
  AxisFilter(double position, double velocity, double positionSd, double velocitySd) {
    this.position = position;
    this.velocity = velocity;
    this.positionVariance = positionSd * positionSd;
    this.velocityVariance = velocitySd * velocitySd;
  }

  /**
   * Moves on in time.
   *
   * @param dt seconds, above 0
   * @param accelerationSd spread that the velocity gains in a second
   * @param keep share of the velocity that is kept, 0 to 1
   */
  void predict(double dt, double accelerationSd, double keep) {
    double noise = accelerationSd * accelerationSd;
    position += velocity * dt;
    velocity *= keep;
    positionVariance += dt * (2 * covariance + dt * velocityVariance) + noise * dt * dt * dt / 3;
    covariance = keep * (covariance + dt * velocityVariance) + noise * dt * dt / 2;
    velocityVariance = keep * keep * velocityVariance + noise * dt;
  }

  /** Takes in a measured position with its standard deviation. */
  void update(double measured, double measuredSd) {
    double total = positionVariance + measuredSd * measuredSd;
    double positionGain = positionVariance / total;
    double velocityGain = covariance / total;
    double innovation = measured - position;
    position += positionGain * innovation;
    velocity += velocityGain * innovation;
    velocityVariance -= velocityGain * covariance;
    covariance -= positionGain * covariance;
    positionVariance -= positionGain * positionVariance;
  }

  /** Goes over to another place and unit: {@code scale} of the old ones are one. */
  void move(double newPosition, double newVelocity, double scale) {
    position = newPosition;
    velocity = newVelocity;
    positionVariance *= scale * scale;
    covariance *= scale * scale;
    velocityVariance *= scale * scale;
  }

  double position() {
    return position;
  }

  double velocity() {
    return velocity;
  }

  double positionSd() {
    return Math.sqrt(positionVariance);
  }
}
