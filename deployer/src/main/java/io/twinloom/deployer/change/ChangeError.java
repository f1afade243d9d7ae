package io.twinloom.deployer.change;

import static io.twinloom.model.error.ErrorFacts.permanent;
import static io.twinloom.model.error.ErrorFacts.temporary;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of changes of a deployed twin, in phases, and of the stores that they leave behind. */
public enum ChangeError implements ErrorCode {
  CHANGE_ANSWER(
      permanent(
          502,
          "A function that works for a change does not say how far it is.",
          "See its log ('twinloom logs'), then deploy the version that the change leads to, which"
              + " goes on with it.")),
  CHANGE_NONE(permanent(409, "No change of the twin is under way.", "See 'twinloom status'.")),
  CHANGE_OPEN(
      permanent(
          409,
          "A change of the twin is under way.",
          "Deploy the version that it leads to, which goes on with it, or see 'twinloom status'.")),
  LAYER_IN_USE(
      permanent(
          409,
          "Devices still use the former endpoint of layer 1.",
          "Have them connect to the new one ('twinloom status PROJECT' names the devices), or end it"
              + " with 'twinloom retire PROJECT l1 --anyway'; both with --target cloud for a twin on"
              + " clouds.")),
  STORE_HOLDS_DATA(
      permanent(
          409,
          "A former store still holds measurements.",
          "Copy them with 'retire --copy', or delete them with 'retire --delete-data'.")),
  STORE_NOT_READY(
      temporary(
          503,
          "The store that a tier is to move to does not take a marked item.",
          "See the log ('twinloom logs'); it is tried again, and 'deploy --cancel' takes the change"
              + " back.")),
  STORE_RETAINED(
      permanent(
          409,
          "A former store of a tier is kept on the cloud that the tier is to go to without its data.",
          "Have the data copied there, or delete the former store first, with 'twinloom retire"
              + " PROJECT LAYER --delete-data'."));

  private final ErrorFacts facts;

  ChangeError(ErrorFacts facts) {
    this.facts = facts;
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
