package io.twinloom.model.reading;

import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.CloudSettings.Admin;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import org.jspecify.annotations.Nullable;

/** {@code config_user.json}. */
final class UserFile {
  static final String PATH = "config_user.json";

  private UserFile() {}

  static @Nullable Admin read(Located root, ProblemCollector problems) {
    String example =
        "{\"admin_email\": \"ann@example.com\", \"admin_first_name\": \"Ann\","
            + " \"admin_last_name\": \"Lee\"}";
    Members members = Members.of(root, problems, "Write " + example + ".");
    if (members == null) {
      return null;
    }
    String fix = "Write an address such as \"ann@example.com\".";
    Located at = members.required("admin_email", fix);
    boolean blank = at != null && at.value() instanceof JsonString text && text.value().isBlank();
    String email = at == null || blank ? null : members.text("admin_email", fix);
    String first = members.text("admin_first_name", "Write the first name.");
    String last = members.text("admin_last_name", "Write the last name.");
    members.done();
    if (blank && at != null) {
      problems.warning(
          ModelError.VALUE_BLANK,
          at,
          "\"admin_email\" is blank: the dashboards of L5 will have no admin.",
          fix);
    }
    if (email != null && at != null && !isAddress(email)) {
      problems.error(
          ModelError.EMAIL,
          at,
          "\"admin_email\" is " + Quoting.quoted(email) + ", which is not an e-mail address.",
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
