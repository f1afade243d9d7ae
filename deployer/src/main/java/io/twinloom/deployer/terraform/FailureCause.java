package io.twinloom.deployer.terraform;

import io.twinloom.model.error.ErrorCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a cloud or Terraform refuses something, known by the words it says so with.
 *
 * @param code the code of the error
 * @param words what is found in the message
 * @param what the beginning of what happened; the message itself follows
 * @param fix what to do about it
 * @param retryable whether the same may succeed later
 * @param permission finds in the message, as its first group, the permission that is missing
 */
public record FailureCause(
    ErrorCode code,
    Pattern words,
    String what,
    String fix,
    boolean retryable,
    Optional<Pattern> permission) {

  /** A cause that says nothing of permissions. */
  public FailureCause(ErrorCode code, String words, String what, String fix, boolean retryable) {
    this(code, Pattern.compile(words), what, fix, retryable, Optional.empty());
  }

  /** The same cause, whose message names the permission that is missing. */
  public FailureCause withPermission(Pattern pattern) {
    return new FailureCause(code, words, what, fix, retryable, Optional.of(pattern));
  }

  /** Whether a message says this. */
  public boolean fits(String message) {
    return words.matcher(message).find();
  }

  /** What to do about it; of a missing permission, which one. */
  public String fix(String message) {
    Optional<Matcher> named = permission.map(p -> p.matcher(message)).filter(Matcher::find);
    return named.map(action -> "Grant " + action.group(1) + ". ").orElse("") + fix;
  }
}
