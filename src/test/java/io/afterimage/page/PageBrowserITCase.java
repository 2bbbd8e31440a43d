package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.afterimage.wire.EncoderId;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page in headless Chromium; skipped if the machine has none. */
class PageBrowserITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path profile;
  private static WatchedRun run;
  private static PageServer page;
  private static ChromeDriver browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> chromium =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    Path driver = Path.of("/usr/bin/chromedriver");
    assumeTrue(
        chromium.isPresent() && Files.isExecutable(driver),
        "The page is not tested in a browser: there is no Chromium with chromedriver in /usr/bin");
    run = new WatchedRun();
    run.createTopics();
    page = PageServer.start(run.settings(), run.knowledge(null), new PrintWriter(System.err));
    run.publishReports(1, 100);
    run.publishFrames(40, WatchedRun.UNTRAINED, 0);
    run.publishFrames(40, WatchedRun.TRAINED, 100);
    run.publishRejection("camera-9", "undecodable", "no <b>picture</b>");
    browser = new ChromeDriver(service(driver), options(chromium.get()));
  }

  private static ChromeDriverService service(Path driver) {
    return new ChromeDriverService.Builder()
        .usingDriverExecutable(driver.toFile())
        .usingAnyFreePort()
        .build();
  }

  private static ChromeOptions options(Path chromium) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toString());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile.resolve("chromium"));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return options;
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (page != null) {
      page.close();
    }
    if (run != null) {
      run.close();
    }
  }

  @BeforeEach
  void open() {
    resize(1400, 1000);
    scheme("light");
    browser.get(page.address());
    await("return document.querySelector('[data-part=canvas]').hasAttribute('data-settled')");
  }

  @AfterEach
  void consoleIsSilent() {
    List<String> problems = new ArrayList<>();
    browser
        .manage()
        .logs()
        .get(LogType.BROWSER)
        .forEach(
            entry -> {
              if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                problems.add(entry.getMessage());
              }
            });
    assertThat(problems).isEmpty();
  }

  @Test
  void realData_appears() {
    assertThat(text("[data-tile=Step] .value")).isEqualTo("100");
    assertThat(text("[data-tile=Loss] .value")).isEqualTo("3.000");
    assertThat(text("[data-tile=Prior]")).contains("0.120", "true class prior 0.333");
    assertThat(text("#chart-loss .legend")).contains("smoothed 3.");
    assertThat(browser.findElements(By.cssSelector("#chart-loss canvas"))).hasSize(1);
    assertThat(browser.findElements(By.cssSelector(".camera"))).hasSize(WatchedRun.CAMERAS);
    await("return document.querySelector('.camera img').naturalWidth > 0");
    assertThat(text("#rejected")).contains("undecodable", "no <b>picture</b>");
  }

  @Test
  void pointClicked_showsItsNeighboursAndOneOfThemShowsItsOwn() {
    clickAFrame();
    List<WebElement> neighbours = browser.findElements(By.cssSelector(".neighbour"));
    assertThat(neighbours).hasSize(8);
    assertThat(neighbours.get(0).getText()).contains("camera-").containsPattern("[01]\\.\\d\\d");
    // The trained encoder of this run knows the classes.
    assertThat(neighbours).allMatch(one -> "true".equals(one.getAttribute("data-match")));
    String first = text(".chosen");
    neighbours.get(0).click();
    await("return document.querySelector('.chosen')?.innerText !== arguments[0]", first);
  }

  @Test
  void keyboard_findsAFrameAndItsNeighbours() {
    browser.executeScript("document.querySelector('[data-part=canvas]').focus()");
    WebElement canvas = browser.switchTo().activeElement();
    canvas.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN);
    assertThat(text("[data-part=tip]")).contains("camera-");
    canvas.sendKeys(Keys.ENTER);
    await("return document.querySelectorAll('.neighbour').length === 8");
    browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);
    await("return document.querySelectorAll('.neighbour').length === 0");
  }

  @Test
  void earlierEncoder_isShownByTheSlider() {
    browser.findElement(By.id("encoder")).sendKeys(Keys.ARROW_LEFT);
    await("return document.querySelector('[data-part=step]').textContent === 'untrained'");
    await(
        "const map = document.querySelector('[data-part=canvas]');"
            + "return map.dataset.encoder === arguments[0] && map.hasAttribute('data-settled')",
        EncoderId.hex(WatchedRun.UNTRAINED));
    clickAFrame();
    assertThat(text(".near h3")).contains("8 of its camera");
    browser.findElement(By.cssSelector("[data-part=now]")).click();
    await("return document.querySelector('[data-part=step]').textContent.includes('step 100')");
  }

  @Test
  void manyCameras_areCountedAndSearched() throws Exception {
    List<String> cameras = new ArrayList<>(List.of("yard\u001b[2J\u202etxt"));
    for (int i = 0; i < 620; i++) {
      cameras.add("gate-" + i);
    }
    run.kafka().createTopic("many", 1, Map.of("retention.ms", "-1"));
    PageSettings settings =
        run.settings(
            new PageSettings.Topics("many", "no-rejected", "no-training", "no-embeddings"));
    try (PageServer many =
        PageServer.start(settings, RunKnowledge.NONE, new PrintWriter(System.err))) {
      browser.get(many.address());
      await("return document.getElementById('sources').textContent.includes('many: 0 records')");
      run.publishCameras("many", cameras);
      await(
          "return document.getElementById('cameras-note').textContent"
              + ".startsWith('500 of 621 cameras shown')");
      assertThat(browser.findElements(By.cssSelector(".camera"))).hasSize(500);
      WebElement search = browser.findElement(By.id("cameras-search"));
      search.sendKeys("GATE-61");
      await(
          "return document.getElementById('cameras-note').textContent"
              + " === '11 of 621 cameras match'");
      assertThat(browser.findElements(By.cssSelector(".camera")))
          .hasSize(11)
          .last()
          .extracting(WebElement::getText)
          .asString()
          .startsWith("gate-619");
      await(
          "return [...document.querySelectorAll('.camera img')].every(one => one.naturalWidth > 0)");
      search.clear();
      search.sendKeys("yard");
      await("return document.querySelectorAll('.camera').length === 1");
      assertThat(text(".camera .name")).isEqualTo("yard\\u{1b}[2J\\u{202e}txt");
    }
  }

  @Test
  void narrowWindow_needsNoScrollingSideways() {
    resize(360, 740);
    browser.navigate().refresh();
    await("return document.querySelector('[data-part=canvas]').hasAttribute('data-settled')");
    Object wide = browser.executeScript("return document.documentElement.scrollWidth");
    assertThat(((Number) wide).intValue()).isLessThanOrEqualTo(360);
  }

  @Test
  void darkScheme_isFollowed() {
    String light = background();
    scheme("dark");
    await("return getComputedStyle(document.body).backgroundColor !== arguments[0]", light);
    assertThat(background()).isEqualTo("rgb(14, 17, 22)");
  }

  private static void clickAFrame() {
    WebElement canvas = browser.findElement(By.cssSelector("[data-part=canvas]"));
    int width = canvas.getSize().getWidth();
    int height = canvas.getSize().getHeight();
    for (int row = -4; row <= 4; row++) {
      for (int column = -5; column <= 5; column++) {
        new Actions(browser)
            .moveToElement(canvas, column * width / 12, row * height / 10)
            .perform();
        if (browser.findElement(By.cssSelector("[data-part=tip]")).isDisplayed()) {
          new Actions(browser).click().perform();
          await("return document.querySelectorAll('.neighbour').length === 8");
          return;
        }
      }
    }
    throw new AssertionError("there is no frame anywhere on the map");
  }

  private static String background() {
    return (String) browser.executeScript("return getComputedStyle(document.body).backgroundColor");
  }

  private static String text(String selector) {
    return browser.findElement(By.cssSelector(selector)).getText();
  }

  private static void await(String script, Object... arguments) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Boolean.TRUE.equals(browser.executeScript(script, arguments))) {
      assertThat(System.nanoTime()).as("not in time: %s", script).isLessThan(deadline);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void resize(int width, int height) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  private static void scheme(String name) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
  }
}
