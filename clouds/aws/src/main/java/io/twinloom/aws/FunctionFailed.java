package io.twinloom.aws;

/**
 * What Lambda receives when a function fails: the error's text, which has no secret and no payload,
 * and no stack trace, since Lambda would keep that with the dead letter.
 */
final class FunctionFailed extends RuntimeException {

  FunctionFailed(String text) {
    super(text, null, false, false);
  }
}
