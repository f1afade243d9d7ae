package io.twinloom.packaging.bundle;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Makes the function once and gives it a request for each line, as Google's invoker does. */
public final class RequestCaller {
  private RequestCaller() {}

  public static void main(String[] args) throws Exception {
    HttpFunction function = (HttpFunction) Class.forName(args[0]).getConstructor().newInstance();
    if (!post(function, "GET", "").startsWith("!405")) {
      throw new IllegalStateException("GET is answered");
    }
    BufferedReader events =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String event; (event = events.readLine()) != null; ) {
      System.out.println(post(function, "POST", event));
    }
  }

  private static String post(HttpFunction function, String method, String event) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Map<String, Object> said = new HashMap<>(Map.of("setStatusCode", 200));
    HttpRequest request =
        stand(
            HttpRequest.class,
            Map.of(
                "getMethod",
                method,
                "getInputStream",
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8))),
            new HashMap<>());
    HttpResponse response = stand(HttpResponse.class, Map.of("getOutputStream", body), said);
    function.service(request, response);
    String text = body.toString(StandardCharsets.UTF_8);
    boolean done = said.get("setStatusCode").equals(200);
    if (done && !"application/json".equals(said.get("setContentType"))) {
      throw new IllegalStateException("content type " + said);
    }
    return done ? text : "!" + said.get("setStatusCode") + " " + text;
  }

  private static <T> T stand(Class<T> type, Map<String, Object> answers, Map<String, Object> said) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              if (args != null && args.length == 1) {
                said.put(method.getName(), args[0]);
              }
              return answers.get(method.getName());
            }));
  }
}
