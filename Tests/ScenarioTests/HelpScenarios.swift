import Foundation
import Testing

extension Scenarios {
  /// The help as an operator reads it.
  struct Help {
    /// All texts of the help by the words that lead to them, as the program tells them to tools.
    private func texts(_ language: String) throws -> [String: String] {
      let outcome = try run(
        Programs.commandLine, ["--experimental-dump-help"], environment: ["LC_ALL": language])
      let dump = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let root = (dump as? [String: Any])?["command"] as? [String: Any]
      var texts: [String: String] = [:]
      func gather(_ object: [String: Any], _ path: String) {
        for name in ["abstract", "discussion"] {
          if let text = object[name] as? String { texts["\(path) \(name)"] = text }
        }
        for (index, argument) in (object["arguments"] as? [[String: Any]] ?? []).enumerated() {
          gather(argument, "\(path) \(argument["valueName"] as? String ?? "") \(index)")
        }
        for command in object["subcommands"] as? [[String: Any]] ?? [] {
          let name = command["commandName"] as? String ?? "?"
          if name != "help" { gather(command, "\(path) \(name)") }
        }
      }
      gather(try #require(root), "tagledger")
      return texts
    }

    @Test(arguments: ["pt_BR.UTF-8", "fr_FR.UTF-8"])
    func `each text of the help is in the language of whoever reads it`(language: String) throws {
      let english = try texts("C")
      let said = try texts(language)
      #expect(english.count > 400 && english.keys == said.keys)
      // What ArgumentParser says itself is put into words as it is printed.
      let ofParser: Set = ["Show help information.", "Show the version."]
      for (place, text) in english where !ofParser.contains(text) {
        // What is nothing but an example is the same for everybody.
        if text.hasPrefix("  tagledger ") { continue }
        #expect(said[place] != text, "\(place)")
      }
      let help = try run(
        Programs.commandLine, ["tag", "--help"], environment: ["LC_ALL": language])
      #expect(!help.output.contains("OVERVIEW") && !help.output.contains("Show help"))
    }
  }
}
