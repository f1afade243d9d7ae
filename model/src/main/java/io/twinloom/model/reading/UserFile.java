package io.twinloom.model.reading;

import io.twinloom.json.Placed;
import io.twinloom.model.CloudSettings.Admin;
import io.twinloom.model.error.ModelError;
import org.jspecify.annotations.Nullable;

/** {@code config_user.json}. */
final class UserFile {
  static final String PATH = "config_user.json";

  private UserFile() {}

  static @Nullable Admin read(Placed root, Findings findings) {
    String example =
        "{\"admin_email\": \"ann@example.com\", \"admin_first_name\": \"Ann\","
            + " \"admin_last_name\": \"Lee\"}";
    Members members = Members.of(root, findings, "Write " + example + ".");
    if (members == null) {
      return null;
    }
    String fix = "Write an address such as \"ann@example.com\".";
    String email = members.text("admin_email", fix);
    Placed at = members.optional("admin_email");
    String first = members.text("admin_first_name", "Write the first name.");
    String last = members.text("admin_last_name", "Write the last name.");
    members.done();
    if (email != null && at != null && !isAddress(email)) {
      findings.error(
          ModelError.EMAIL,
          at,
          "\"admin_email\" is " + Words.quoted(email) + ", which is no e-mail address.",
          fix);
    }
    return email == null || first == null || last == null ? null : new Admin(email, first, last);
  }

  private static boolean isAddress(String email) {
    int sign = email.indexOf('@');
    return sign > 0
        && sign == email.lastIndexOf('@')
        && email.indexOf('.', sign) > sign + 1
        && !email.endsWith(".")
        && email.indexOf(' ') < 0;
  }
}
