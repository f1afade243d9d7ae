package io.twinloom.cli;

import java.math.BigDecimal;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Arguments that are numbers. One that is none is named in words, not by a type of Java. */
final class NumberArguments {

  private NumberArguments() {}

  static CommandLine register(CommandLine line) {
    ITypeConverter<Integer> whole = of("a whole number", Integer::valueOf);
    ITypeConverter<Long> large = of("a whole number", Long::valueOf);
    ITypeConverter<Double> decimal = of("a number", NumberArguments::finite);
    return line.registerConverter(int.class, whole)
        .registerConverter(Integer.class, whole)
        .registerConverter(long.class, large)
        .registerConverter(Long.class, large)
        .registerConverter(double.class, decimal)
        .registerConverter(Double.class, decimal)
        .registerConverter(BigDecimal.class, of("a number", BigDecimal::new));
  }

  private static Double finite(String text) {
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(text);
    }
    return value;
  }

  private static <T> ITypeConverter<T> of(String what, Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text.strip());
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not " + what);
      }
    };
  }
}
