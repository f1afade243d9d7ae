package io.twinloom.aws.deploy;

import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import java.util.Map;
import java.util.TreeMap;

/** The bucket of dead letters, {@code letters}, as S3 answers for it. */
final class FakeLetters {
  final Map<String, String> objects = new TreeMap<>();

  /** Lists, gets and deletes objects of the bucket; takes any invocation. */
  Answer answer(FakeAws.Request request) {
    if (request.path().contains("/invocations")) {
      return new Answer(202, "application/json", "");
    }
    if (request.path().contains("list-type=2")) {
      StringBuilder list = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
      objects.keySet().stream()
          .filter(
              key -> request.path().replace("%2F", "/").contains("prefix=" + key.substring(0, 5)))
          .forEach(
              key ->
                  list.append("<Contents><Key>")
                      .append(key)
                      .append("</Key><LastModified>2026-03-01T10:00:00.000Z</LastModified>")
                      .append("<Size>1</Size></Contents>"));
      return Answer.xml(list + "</ListBucketResult>");
    }
    String key =
        request.path().replaceFirst("/letters/", "").split("\\?", 2)[0].replace("%3A", ":");
    if (request.method().equals("PUT")) {
      // The SDK sends it in chunks with a signature each.
      String body = request.body();
      objects.put(key, body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
      return new Answer(200, "application/xml", "");
    }
    if (request.method().equals("DELETE")) {
      objects.remove(key);
      return new Answer(204, "text/xml", "");
    }
    return objects.containsKey(key)
        ? new Answer(200, "application/json", objects.get(key))
        : new Answer(404, "text/xml", "<Error><Code>NoSuchKey</Code></Error>");
  }
}
