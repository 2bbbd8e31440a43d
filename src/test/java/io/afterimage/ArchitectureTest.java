package io.afterimage;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.afterimage.wire.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/** The rooms of the house, what each may import, and the imports that must never exist. */
@AnalyzeClasses(packages = "io.afterimage", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "io.afterimage.";

  /**
   * Every room, with the rooms that it imports: exactly these, and only rooms that stand above it
   * in this list, so that all arrows go one way.
   */
  private static final List<Room> ROOMS =
      List.of(
          new Room("random"),
          new Room("terminal"),
          new Room("frame"),
          new Room("pairing", "random", "frame"),
          new Room("train", "random", "frame", "pairing"),
          new Room("model", "frame", "train"),
          new Room("wire", "frame", "train"),
          new Room("stream", "frame", "pairing", "train", "model", "wire"),
          new Room("search", "wire"),
          new Room("page", "frame", "train", "wire"),
          new Room("lab", "random", "frame", "pairing", "train", "model"),
          new Room("gateway", "terminal", "frame", "wire", "lab"),
          new Room(
              "local",
              "terminal",
              "frame",
              "train",
              "model",
              "wire",
              "stream",
              "page",
              "lab",
              "gateway"),
          new Room(
              "cli",
              "terminal",
              "frame",
              "train",
              "model",
              "wire",
              "stream",
              "search",
              "page",
              "lab",
              "gateway",
              "local"));

  /** The rooms within train: the learner knows all of them, and they hardly know each other. */
  private static final List<Room> TRAIN =
      List.of(
          new Room("train.optimize"),
          new Room("train.encoder", "train.optimize"),
          new Room("train.augment"),
          new Room("train.loss"),
          new Room("train.memory"),
          new Room("train.negatives"),
          new Room("train.prior"));

  private static final int MOST_ARROWS = 60;

  private record Room(String name, List<String> imports) {
    Room(String name, String... imports) {
      this(name, List.of(imports));
    }
  }

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
  static void roomsImportWhatIsListedAndOneWay(JavaClasses classes) {
    SortedSet<String> listed = new TreeSet<>();
    List<String> above = new ArrayList<>();
    for (Room room : ROOMS) {
      assertThat(above).as("above %s", room.name()).containsAll(room.imports());
      above.add(room.name());
      room.imports().forEach(imported -> listed.add(room.name() + " -> " + imported));
    }
    assertThat(arrows(classes, 1)).isEqualTo(listed).hasSizeLessThan(MOST_ARROWS);
  }

  @ArchTest
  static void roomsOfTrainHardlyKnowEachOther(JavaClasses classes) {
    SortedSet<String> listed = new TreeSet<>();
    TRAIN.forEach(room -> room.imports().forEach(each -> listed.add(room.name() + " -> " + each)));
    SortedSet<String> within = arrows(classes, 2);
    within.removeIf(arrow -> !arrow.matches("train\\.\\w+ -> train\\.\\w+"));
    assertThat(within).isEqualTo(listed);
  }

  /** Which room imports which, a room being named by so many parts of its package's name. */
  private static SortedSet<String> arrows(JavaClasses classes, int parts) {
    SortedSet<String> arrows = new TreeSet<>();
    for (JavaClass each : classes) {
      String from = room(each, parts);
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT) && !room(target, parts).equals(from)) {
          arrows.add(from + " -> " + room(target, parts));
        }
      }
    }
    return arrows;
  }

  private static String room(JavaClass of, int parts) {
    return Stream.of(of.getPackageName().substring(ROOT.length()).split("\\."))
        .limit(parts)
        .collect(Collectors.joining("."));
  }

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

  /** They all get the same properties there, and fail in one line. */
  @ArchTest
  static final ArchRule kafkasClientsAreMadeInOnePlace =
      noClasses()
          .that()
          .doNotBelongToAnyOf(KafkaClients.class)
          .should()
          .callCodeUnitWhere(
              target(owner(belongToAnyOf(Admin.class, KafkaConsumer.class, KafkaProducer.class)))
                  .and(target(nameMatching("create|<init>"))));

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
