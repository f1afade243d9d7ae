package io.twinloom.cli.error;

import static io.twinloom.model.error.ErrorFacts.permanent;
import static io.twinloom.model.error.ErrorFacts.temporary;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of the command line. */
public enum CliError implements ErrorCode {
  BUDGET_EXCEEDED(
      permanent(
          422,
          "The twin is expected to cost more than its budget.",
          "See 'twinloom optimize' for cheaper placements, or raise the budget.")),
  UNASKED(
      permanent(
          400,
          "A question needs an answer, and there is no terminal to ask on.",
          "Give --yes, after a look at what will happen ('twinloom plan', 'twinloom status').")),
  EXAMPLE_UNKNOWN(
      permanent(
          404,
          "There is no example with this name.",
          "Choose one that 'twinloom init --help' lists.")),
  GRAFANA_WRITE(
      permanent(
          409,
          "A file for Grafana cannot be written.",
          "Name a folder that is writable with --out.")),
  HISTORY_FILE(
      permanent(
          422,
          "A file of history cannot be read, or is not of its form.",
          "Write JSON lines with device_id and timestamp, or CSV with a line of names;"
              + " docs/history.md has both.")),
  INIT_NOT_EMPTY(
      permanent(
          409,
          "The folder exists and is not empty, so nothing was written.",
          "Name a folder that does not exist yet, or an empty one.")),
  INIT_WRITE(
      temporary(
          500, "The project cannot be written.", "Check that the folder above it is writable.")),
  OUTPUT(
      temporary(
          500,
          "What a command answers cannot be written to its standard output.",
          "See that the disk that it is written to has room.")),
  OPTION_BIND(
      permanent(
          400,
          "The address of --bind is not an address of this machine.",
          "Give an address such as 127.0.0.1 or 0.0.0.0.")),
  OPTION_FILE(
      permanent(
          400,
          "The file of an option cannot be used.",
          "Name a file with a JSON object in UTF-8; docs/cost.md says what is in it.")),
  OPTION_MQTT_CERT(
      permanent(
          400,
          "Only one of certificate and key is given.",
          "Give both --mqtt-cert and --mqtt-key.")),
  OPTION_MQTT_USERS(
      permanent(
          400,
          "The file of --mqtt-users cannot be used.",
          "Write one line of user:password for each user, each with a password.")),
  OPTION_NUMBER(
      permanent(400, "A number is outside of what an option takes.", "Give a number from 1 on.")),
  OPTION_TIME(permanent(400, "A time is not above 0.", "Give a time such as 30s.")),
  PROVIDERS_WRITE(
      permanent(
          409,
          "The placement cannot be written into config_providers.json.",
          "Check that the project is a folder, that the file is writable, and that the project is"
              + " valid with the placement.")),
  SEND_FAILED(temporary(503, "A message could not be published.", "See 'twinloom logs'.")),
  SEND_MESSAGE(
      permanent(
          422, "The message could not be stored.", "Send a JSON object with the device's values.")),
  SEND_NOT_ACKNOWLEDGED(
      permanent(
          504,
          "A message was not acknowledged in time.",
          "See 'twinloom status' and 'twinloom logs'; it may have arrived all the same.")),
  USAGE(
      permanent(
          400, "The command was called wrongly.", "See its --help for options and examples.")),
  UNEXPECTED(
      permanent(
          500,
          "The command failed unexpectedly: a fault of Twinloom.",
          "Run it again with TWINLOOM_DEBUG=1 in the environment, and report the output."));

  private final ErrorFacts facts;

  CliError(ErrorFacts facts) {
    this.facts = facts;
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
