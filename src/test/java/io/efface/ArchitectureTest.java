package io.efface;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the arrows between the packages. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.efface");

  @ParameterizedTest
  @CsvSource({
    "geometry,''",
    "media,geometry",
    "motion,media geometry",
    "detect,media geometry",
    "models,detect",
    "eval,detect media geometry",
    "track,detect geometry",
    "redact,media detect geometry",
    "manifest,track detect media redact geometry",
    "report,manifest track detect media redact geometry",
    "audit,report manifest track detect media redact geometry",
    "pipeline,models eval audit report manifest track motion detect media redact geometry",
    "batch,pipeline models eval audit report manifest track motion detect media redact geometry",
    "isolation,batch pipeline models eval audit report manifest track motion detect media redact"
        + " geometry",
    "doctor,isolation batch pipeline models eval audit report manifest track motion detect media"
        + " redact geometry",
    "bench,pipeline media",
    "cli,bench doctor isolation batch pipeline models eval audit report manifest track motion"
        + " detect media redact geometry",
  })
  void aPackageUsesOnlyTheOnesBelowIt(String name, String below) {
    String[] allowed =
        Stream.concat(Stream.of(name), Arrays.stream(below.split(" ")).filter(w -> !w.isEmpty()))
            .map(ArchitectureTest::packageOf)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(packageOf(name))
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideOutsideOfPackage("io.efface..")
                .or(JavaClass.Predicates.resideInAnyPackage(allowed)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void trackingKnowsOnlyDetectionsRecords() {
    noClasses()
        .that()
        .resideInAPackage(packageOf("track"))
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage(packageOf("detect"))
                .and(DescribedPredicate.not(isValue())))
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "org.bytedeco.ffmpeg..,media",
    "ai.onnxruntime..,detect",
    "java.net.http..,models",
    "picocli..,cli",
    "me.tongfei..,cli",
  })
  void aLibraryIsTouchedByOnePackage(String library, String name) {
    noClasses()
        .that()
        .resideOutsideOfPackage(packageOf(name))
        .and()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .check(CLASSES);
  }

  @Test
  void nativeLibrariesStayOutOfPlainPackages() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packageOf("geometry"),
            packageOf("track"),
            packageOf("manifest"),
            packageOf("report"),
            packageOf("models"),
            packageOf("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..", "org.opencv..", "ai.onnxruntime..")
        .check(CLASSES);
  }

  @Test
  void onlyMainEndsTheVirtualMachine() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.efface.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() throws ClassNotFoundException {
    Set<String> packages = new TreeSet<>();
    CLASSES.forEach(type -> packages.add(type.getPackageName()));
    assertThat(packages).contains("io.efface", "io.efface.cli");
    for (String name : packages) {
      assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
          .as(name)
          .isTrue();
    }
  }

  private static String packageOf(String name) {
    return "io.efface." + name + "..";
  }

  private static DescribedPredicate<JavaClass> isValue() {
    return DescribedPredicate.describe(
        "records or enums", type -> type.isRecord() || type.isEnum());
  }
}
