package io.twinloom.local.error;

import static io.twinloom.model.error.ErrorFacts.permanent;
import static io.twinloom.model.error.ErrorFacts.temporary;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of the local clouds. */
public enum LocalError implements ErrorCode {
  DATA_FOLDER(
      permanent(
          500,
          "The data folder cannot be made.",
          "Give a folder that you may write to with --data.")),
  DEAD_LETTER_EVENT(
      permanent(
          422,
          "The event of a dead letter is not a JSON object, so it cannot be replayed.",
          "Send its measurement again.")),
  LOCAL_PORT(
      temporary(
          409,
          "An HTTP endpoint cannot listen on its port.",
          "End what listens there, or choose other ports (--port-base, --reset-options).")),
  MQTT_CERTIFICATE(
      permanent(
          400,
          "The certificate of the device channels, or its key, cannot be used.",
          "Check the PEM files that --mqtt-cert and --mqtt-key name.")),
  MQTT_LISTEN(
      temporary(
          409,
          "The device channel cannot listen on its port.",
          "End what listens there, or choose other ports (--port-base, --reset-options).")),
  STORE_GONE(
      permanent(
          500,
          "A store of the twin is missing, empty, or was taken away while the twin ran.",
          "Restore it from a backup, or begin with an empty one (--new-store=CLOUD).")),
  STORE_NEWER(
      permanent(
          409,
          "A store of the twin was written by a newer program.",
          "Use that program, or a newer one; this one leaves the store as it is.")),
  STORE_UNREADABLE(
      permanent(
          500,
          "A store of the twin cannot be opened.",
          "Check that the disk has room and the file is readable; if it is damaged, restore it "
              + "from a backup.")),
  WORKFLOW_RUN(
      permanent(
          400,
          "The start of a workflow is malformed.",
          "Start it as the event checker does: {\"functions\": […], \"input\": {…}}.")),
  WORKFLOW_STEP(temporary(500, "A step of a workflow failed.", "See the message of its function."));

  private final ErrorFacts facts;

  LocalError(ErrorFacts facts) {
    this.facts = facts;
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
