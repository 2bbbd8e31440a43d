package io.afterimage.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter shown = new StringWriter();

  @Test
  void show_noTerminal_isLineAfterLineWithoutEscapes() {
    ProgressLine line = new ProgressLine(new PrintWriter(shown), 0);
    line.show("one");
    line.show(List.of("gate 2", "yard 3"));
    line.end();
    assertThat(shown.toString()).isEqualTo("one\ngate 2\nyard 3\n");
  }

  @Test
  void show_terminal_writesEveryLineOver() {
    ProgressLine line = new ProgressLine(new PrintWriter(shown), 7);
    line.show(List.of("gate 2000", "yard 3"));
    line.show("x");
    line.end();
    line.end();
    assertThat(shown.toString()).isEqualTo("gate 2\nyard 3\r\u001b[2K\u001b[1A\r\u001b[2Kx\n");
  }

  @Test
  void clear_terminal_leavesNothing() {
    ProgressLine line = new ProgressLine(new PrintWriter(shown), 80);
    line.show("x");
    line.clear();
    line.clear();
    assertThat(shown.toString()).isEqualTo("x\r\u001b[2K");
  }
}
