import Foundation
import Logging
import Synchronization
import Testing

@testable import tagledgerd

struct LineLogHandlerTests {
  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
  }

  private func line(
    _ format: Settings.LogFormat, _ message: Logger.Message, _ metadata: Logger.Metadata = [:]
  ) -> String {
    let lines = Lines()
    let logger = Logger(
      label: "test",
      factory: { label in
        LineLogHandler(logLevel: .info, format: format, label: label) { line in
          lines.all.withLock { $0.append(line) }
        }
      })
    logger.info(message, metadata: metadata)
    logger.debug("not heard")
    return lines.all.withLock { $0.joined(separator: "\n") }
  }

  @Test func `text tells time, level, message and details`() {
    let text = line(.text, "ready", ["socket": "/run/s", "data": "/var/d"])
    #expect(text.hasSuffix("Z INFO ready data=/var/d socket=/run/s"))
  }

  @Test func `a record is one line, whatever the message holds`() {
    #expect(line(.text, "a\nb").hasSuffix(#"a\nb"#))
    #expect(!line(.json, "a\nb").contains("\n"))
  }

  @Test func `JSON has one object a line`() throws {
    let json = try JSONDecoder().decode(
      [String: String].self, from: Data(line(.json, "ready", ["socket": "/run/s"]).utf8))
    #expect(json["message"] == "ready")
    #expect(json["level"] == "info")
    #expect(json["socket"] == "/run/s")
    #expect(json["at"]?.hasSuffix("Z") == true)
  }
}
