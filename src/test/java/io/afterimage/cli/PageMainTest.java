package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageMainTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 99999 | --port must be from 0 to 65535, but was 99999",
        "--port -1 | --port must be from 0 to 65535, but was -1",
        "--port many | Invalid value for option '--port': 'many' is not an int",
        "--bootstrap-servers nowhere | --bootstrap-servers nowhere: Invalid url in bootstrap.servers: nowhere",
        "--kafka-config /nowhere/at.all | --kafka-config /nowhere/at.all: cannot be read: java.nio.file.NoSuchFileException: /nowhere/at.all",
        "--prometheus localhost:9090 | --prometheus localhost:9090: must be an address such as http://localhost:9090",
      })
  void wrongArgument_isNamedInOneLine(String arguments, String line) {
    StringWriter err = new StringWriter();
    int status =
        PageMain.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.split(" "));
    assertThat(err.toString().lines()).containsExactly(line, "page.sh --help lists the options");
    assertThat(status).isEqualTo(2);
  }
}
