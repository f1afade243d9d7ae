package io.twinloom.local.deploy;

import static io.twinloom.model.error.ErrorFacts.permanent;
import static io.twinloom.model.error.ErrorFacts.temporary;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of the local target. */
public enum LocalDeployError implements ErrorCode {
  LOCAL_BACKGROUND(
      permanent(
          500,
          "The process in the background cannot be started.",
          "Run 'twinloom up PROJECT' in the foreground instead.")),
  LOCAL_CHANGING(
      permanent(
          409,
          "The data of an older version is not upgraded while a change of the twin is under way.",
          "End the change with the program that began it ('twinloom deploy PROJECT', with --cancel "
              + "to take it back), and start this one then.")),
  LOCAL_DELETE(
      temporary(
          500,
          "The data folder cannot be deleted.",
          "See who owns it and whether something uses it, and try again.")),
  LOCAL_HELD(
      permanent(
          409,
          "The twin runs already.",
          "Use the one that runs, end it ('twinloom destroy PROJECT'), or choose another data "
              + "folder with --data.")),
  LOCAL_LOCK(
      temporary(
          500,
          "The data folder cannot be locked.",
          "Check that the folder is writable and on a local disk.")),
  LOCAL_NEWER(
      permanent(
          409,
          "The data folder was written by a newer program.",
          "Use that program, or a newer one; this one leaves the folder as it is.")),
  LOCAL_NO_COPY(
      permanent(
          409,
          "There is no copy of the deployed project.",
          "Start the twin from its project ('twinloom up PROJECT').")),
  LOCAL_NOT_DATA(
      permanent(
          409,
          "The folder holds no data of a twin, so it is not deleted.",
          "Name the data folder of a twin with --data.")),
  LOCAL_NOT_RUNNING(
      permanent(
          409,
          "The twin does not run.",
          "Start it with 'twinloom up PROJECT', or name its data folder with --data.")),
  LOCAL_STATE(
      permanent(
          500,
          "What the twin goes on with cannot be read.",
          "Restore the file from a backup; without one, delete it and deploy the project as it "
              + "was last deployed.")),
  LOCAL_START(
      permanent(
          500,
          "The twin did not start in the background.",
          "Fix what its output says, or run 'twinloom up PROJECT' in the foreground to see more.")),
  LOCAL_UNDER_WAY(
      temporary(
          409,
          "A change of settings waits for something that is still under way, and is not made yet.",
          "Deploy again when it is over: 'twinloom deploy PROJECT'. The twin runs as before.")),
  LOCAL_UPGRADE(
      temporary(
          500,
          "The data of an older version cannot be upgraded.",
          "Make room on the disk; the data is as it was.")),
  MQTT_USER_DEVICE(
      permanent(
          400,
          "A user of --mqtt-users is bound to a device that the twin does not have.",
          "Write the id of a device in the third column of the user's line.")),
  SNAPSHOT(
      temporary(
          500,
          "A snapshot of a twin was not made.",
          "Name a file that does not exist, on a disk with room; where movers delete chunks all the time, "
              + "try again later.")),
  SNAPSHOT_REFUSED(
      permanent(
          422,
          "A snapshot is not restored.",
          "Name a snapshot of a twin, and with --data a folder that does not exist or is empty.")),
  TOKENS_IN_USE(
      temporary(
          409,
          "Requests with the former token are still under way: both tokens stay valid.",
          "Rotate again when the receiver answers; 'twinloom status' names the " + "connection.")),
  WORKFLOW_GENERATED(
      permanent(
          422,
          "The local target runs the generated workflow, not the one of the project.",
          "Nothing to fix: the cloud gets the project's workflow."));

  private final ErrorFacts facts;

  LocalDeployError(ErrorFacts facts) {
    this.facts = facts;
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
