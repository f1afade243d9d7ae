package io.twinloom.packaging;

import io.twinloom.api.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds the class to run, in the compiler's own model: no user class is loaded for it. */
record EntryClass(Elements elements, Types types) {

  /** What is wrong with a class, and what to do about it. */
  record Fault(String message, String fix) {}

  /** The classes that could be run, those inside others included. */
  List<TypeElement> candidates(Iterable<? extends Element> declared) {
    List<TypeElement> found = new ArrayList<>();
    for (TypeElement type : ElementFilter.typesIn(toSet(declared))) {
      if (type.getKind() == ElementKind.CLASS
          && !type.getModifiers().contains(Modifier.ABSTRACT)
          && isProcessor(type)) {
        found.add(type);
      }
      found.addAll(candidates(type.getEnclosedElements()));
    }
    return found;
  }

  private static Set<Element> toSet(Iterable<? extends Element> elements) {
    Set<Element> set = new java.util.LinkedHashSet<>();
    elements.forEach(set::add);
    return set;
  }

  private boolean isProcessor(TypeElement type) {
    TypeElement processor = elements.getTypeElement(Processor.class.getName());
    TypeMirror wanted = processor.asType();
    return types.isAssignable(type.asType(), wanted);
  }

  /** What keeps a class that a JAR names from being run. */
  List<Fault> faultsOfNamed(TypeElement type) {
    List<Fault> faults = new ArrayList<>();
    if (!isProcessor(type)) {
      faults.add(
          new Fault(
              type.getQualifiedName() + " does not implement io.twinloom.api.Processor",
              "Implement it."));
    } else if (type.getKind() != ElementKind.CLASS
        || type.getModifiers().contains(Modifier.ABSTRACT)) {
      faults.add(new Fault(type.getQualifiedName() + " is abstract", "Name a class that is not."));
    } else {
      faults.addAll(faults(type));
    }
    return faults;
  }

  /** What keeps a candidate from being run. */
  List<Fault> faults(TypeElement type) {
    List<Fault> faults = new ArrayList<>();
    String name = type.getQualifiedName().toString();
    if (!type.getModifiers().contains(Modifier.PUBLIC)) {
      faults.add(new Fault(name + " is not public", "Make the class public."));
    }
    if (type.getNestingKind() == NestingKind.MEMBER
        && !type.getModifiers().contains(Modifier.STATIC)) {
      faults.add(new Fault(name + " belongs to an object of another class", "Make it static."));
    }
    if (ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
        .noneMatch(EntryClass::isPlain)) {
      faults.add(
          new Fault(
              name + " has no public constructor without parameters",
              "Add one: public " + type.getSimpleName() + "() {...}."));
    }
    return faults;
  }

  private static boolean isPlain(ExecutableElement constructor) {
    return constructor.getModifiers().contains(Modifier.PUBLIC)
        && constructor.getParameters().isEmpty();
  }
}
