package io.efface.pipeline;

import io.efface.audit.OutputAudit;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a finished output is checked before it gets its name.
 *
 * @param level how much is checked
 * @param quarantine folder that an output which failed is moved to; empty means that it is deleted
 */
public record AuditOptions(OutputAudit.Level level, Optional<Path> quarantine) {

  /** Everything is checked, and what fails is deleted. */
  public static AuditOptions defaults() {
    return new AuditOptions(OutputAudit.Level.FULL, Optional.empty());
  }
}
