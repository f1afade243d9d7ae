package io.twinloom.server.error;

import static io.twinloom.model.error.ErrorFacts.permanent;
import static io.twinloom.model.error.ErrorFacts.temporary;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of the REST interface. */
public enum ServerError implements ErrorCode {
  API_BODY(permanent(400, "The body of a request is invalid.", "See /docs for what it must hold.")),
  API_BUSY(
      temporary(
          503,
          "The server has too many requests or streams at once.",
          "Try again in a second; close pages that are not looked at.")),
  API_CHANGED(
      permanent(
          409,
          "What a request is to change has changed since it was looked at.",
          "Look again, and send the digest of what you see now.")),
  API_FOLDER_HELD(
      permanent(
          409,
          "Another process serves the projects of a folder.",
          "Use the one that serves it, end it (Ctrl-C where it runs), or name another --root.")),
  API_HOST(
      permanent(
          400,
          "A request has no Host, or more than one.",
          "Send exactly one Host header, with the server's own name.")),
  API_HOST_FOREIGN(
      permanent(
          403,
          "A request's Host is no name of this machine's loopback.",
          "Use the address that 'twinloom status' shows, with 127.0.0.1 or localhost.")),
  API_INTERNAL(
      permanent(
          500,
          "The server failed unexpectedly: a fault of Twinloom.",
          "Report it, with what the server's log says of this request.")),
  API_INVALID(
      permanent(
          422,
          "The project would become invalid, so nothing was written.",
          "Fix what 'errors' lists, or send it with force=true.")),
  API_KEY(
      permanent(
          401,
          "A request lacks the API key, or has another one.",
          "Send 'Authorization: Bearer KEY' with the value of TWINLOOM_API_KEY.")),
  API_KEY_NEEDED(
      permanent(
          500,
          "An address other than loopback is to be listened on, and there is no API key.",
          "Set TWINLOOM_API_KEY to at least 16 characters, or leave --bind out.")),
  API_LISTEN(
      temporary(
          500,
          "The server for other commands and the web page cannot listen.",
          "Choose another port with --port, or end what listens there.")),
  API_MALFORMED(
      permanent(400, "A request is not well-formed HTTP.", "Send a well-formed request.")),
  API_MEDIA_TYPE(
      permanent(
          415,
          "The body of a request has a type that the route does not take.",
          "Send the Content-Type that /docs names for it.")),
  API_METHOD(
      permanent(
          405,
          "The address exists, but not for this method.",
          "Use a method that the header Allow names.")),
  API_NOT_FOUND(
      permanent(404, "There is nothing at this address.", "See /docs for all addresses.")),
  API_ONE_PROJECT(
      permanent(
          409,
          "This server runs one twin, whose project it does not replace.",
          "Use 'twinloom serve' for projects that are uploaded, replaced and deployed.")),
  API_ORIGIN(
      permanent(
          403,
          "A request comes from another web page.",
          "Use the server's own page, or a program that sends no Origin.")),
  API_PARAMETER(
      permanent(
          400,
          "A parameter of a request is invalid or not known.",
          "See /docs for the parameters of the route.")),
  API_SECRET(
      permanent(
          403,
          "The file holds secrets and is not shown.",
          "Read it where it is; it can be replaced.")),
  API_SLOW(temporary(408, "The body of a request took too long to arrive.", "Send it again.")),
  API_TOO_LARGE(permanent(413, "A request is larger than the server takes.", "Send less at once.")),
  DEPLOYMENT_CONFIRM(
      permanent(
          409,
          "Stored data would be deleted, moved or become unreachable, or a cloud changed, and the "
              + "twin was not named.",
          "Send the twin's name as \"confirm\", once you are sure.")),
  DEPLOYMENT_RUNS(
      temporary(
          409, "A deployment of the project runs already.", "Wait for its end, or cancel it.")),
  PATH_NOT_TEXT(
      permanent(415, "The file is not text.", "Export the project to have all of its files.")),
  PATH_OUTSIDE(
      permanent(
          422,
          "A path names no place where a project can have a file.",
          "Give a path inside the project, with forward slashes and without links.")),
  PROJECT_DEPLOYED(
      permanent(
          409,
          "The project's twin is on the clouds: without its folder nothing could remove it there.",
          "Destroy it on the clouds first.")),
  PROJECT_EXISTS(
      permanent(
          409,
          "There is a folder of this name, or one that differs in capital letters alone.",
          "Choose another name, or replace the project with PUT.")),
  PROJECT_HOLDS_DATA(
      permanent(
          409,
          "The project's twin runs or has kept data, which would be deleted.",
          "Send the project's id as the parameter \"confirm\" where that may go.")),
  PROJECT_ID(
      permanent(
          422,
          "A project cannot be named so.",
          "Use up to 64 letters, digits, - _ and ., beginning with a letter or digit.")),
  PROJECT_STORE(
      temporary(
          500,
          "A project's files cannot be read or written.",
          "See that the folder is writable and its disk has room.")),
  PROJECT_UNKNOWN(
      permanent(404, "The server has no project of this id.", "GET /projects lists those it has.")),
  RECORDING_SLOW(
      temporary(
          503,
          "A recording was read more slowly than its devices publish.",
          "Read it faster, or record fewer devices.")),
  UPLOAD_NAMES(
      permanent(
          422,
          "Two files of the ZIP have names that differ in capital letters alone.",
          "Rename one of the two: on some machines one would take the other's place.")),
  VERSION_UNKNOWN(
      permanent(
          404,
          "The project has no kept version of this id.",
          "GET /projects/{project}/versions lists those it has."));

  private final ErrorFacts facts;

  ServerError(ErrorFacts facts) {
    this.facts = facts;
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
