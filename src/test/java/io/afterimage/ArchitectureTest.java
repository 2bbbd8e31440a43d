package io.afterimage;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The imports that must never exist. */
@AnalyzeClasses(packages = "io.afterimage", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] CORE = {
    "io.afterimage.train.encoder..",
    "io.afterimage.train.loss..",
    "io.afterimage.train.optimize..",
    "io.afterimage.train..",
    "io.afterimage.model.."
  };
  private static final String[] PICTURES = {"io.afterimage.frame..", "io.afterimage.gateway.."};
  private static final String[] EDGE = {
    "io.afterimage.stream..",
    "io.afterimage.gateway..",
    "io.afterimage.local..",
    "io.afterimage.page..",
    "io.afterimage.search.kafka..",
    "io.afterimage.wire.kafka..",
    "io.afterimage.cli.."
  };

  @ArchTest
  static final ArchRule streamingStaysAtTheEdge =
      noClasses()
          .that(not(resideInAnyPackage(EDGE)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule kafkaInsideTheJobStaysInItsPackage =
      noClasses()
          .that()
          .resideInAPackage("io.afterimage.stream")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule arraysStayInTheCore =
      noClasses()
          .that(not(resideInAnyPackage(CORE)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.nd4j..");

  @ArchTest
  static final ArchRule nativeCallsStayInTheCoreAndWherePicturesAreDecoded =
      noClasses()
          .that(not(resideInAnyPackage(CORE).or(resideInAnyPackage(PICTURES))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule theLossGetsThePriorAsNumbers =
      noClasses()
          .that()
          .resideInAPackage("io.afterimage.train.loss..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.afterimage.train.prior..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule thePriorKnowsNoLoss =
      noClasses()
          .that()
          .resideInAPackage("io.afterimage.train.prior..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.afterimage.train.loss..");

  /** The index needs a library that the job goes without. */
  @ArchTest
  static final ArchRule theSearchStaysAtTheTerminal =
      noClasses()
          .that(not(resideInAnyPackage("io.afterimage.search..", "io.afterimage.cli.search..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.afterimage.search..", "org.apache.lucene..");

  @ArchTest
  static final ArchRule nobodyKnowsTheEntryPoint =
      classes()
          .that()
          .resideInAPackage("io.afterimage.cli..")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAPackage("io.afterimage.cli..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theJobDoesNotKnowThePage =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                      "io.afterimage.page..", "io.afterimage.local..", "io.afterimage.cli..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.afterimage.page..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.afterimage.(**)").should().beFreeOfCycles();
}
