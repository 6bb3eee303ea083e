import Foundation
import Testing

extension Scenarios {
  /// What customers do, told and asked for as a shop's operator does it: on the command line.
  struct Facts {
    /// Runs a command that has to succeed, and returns what it prints.
    @discardableResult
    private func done(_ daemon: RunningDaemon, _ arguments: String...) throws -> String {
      let environment = ["TAGLEDGER_SOCKET": daemon.socket, "TZ": "America/Sao_Paulo"]
      let outcome = try run(Programs.commandLine, arguments, environment: environment)
      try #require(outcome.code == 0, "\(arguments): \(outcome)")
      return outcome.output
    }

    private func lines(_ text: String) -> [String] {
      text.split(separator: "\n").map { line in
        line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
      }
    }

    @Test func `orders, messages and costs go in by hand, and a customer shows what they come to`()
      throws
    {
      let daemon = try RunningDaemon()
      try done(daemon, "account", "set", "--currency", "EUR")
      #expect(try done(daemon, "account", "show") == "Amounts are in EUR.\n")
      try done(
        daemon, "customer", "register", "Ana", "--phone", "+55 41 98888-7777", "--channel",
        "Instagram")
      let placed = [
        "order", "place", "P-1", "Ana", "--amount", "1295.00", "--category", "Sofas", "--product",
        "Oslo 3",
      ]
      let first = try run(
        Programs.commandLine, placed, environment: ["TAGLEDGER_SOCKET": daemon.socket])
      #expect(first.output == "Recorded: 1 fact.\n", "\(first)")
      let again = try run(
        Programs.commandLine, placed, environment: ["TAGLEDGER_SOCKET": daemon.socket])
      #expect(again.output == "Nothing to do: it is so already.\n", "\(again)")
      try done(daemon, "order", "pay", "P-1", "Ana")
      try done(daemon, "order", "ship", "P-1", "Ana", "--tracking", "BR123")
      try done(daemon, "order", "complete", "P-1", "Ana")
      try done(daemon, "order", "return", "P-1", "Ana", "--id", "D-1", "--amount", "45.50")
      try done(daemon, "order", "place", "P-2", "Ana", "--amount", "100,50")
      try done(daemon, "order", "place", "P-3", "Ana", "--amount", "999")
      try done(daemon, "order", "cancel", "P-3", "Ana")
      try done(daemon, "fact", "add", "message.sent", "Ana", "--id", "w1", "--at", "2h")
      try done(daemon, "fact", "add", "message.received", "Ana", "--id", "w2", "--at", "1h")
      try done(daemon, "fact", "add", "message.sent", "Ana", "--id", "w3")
      try done(daemon, "source", "spend", "Instagram", "500", "--id", "2026-11")

      let shown = try lines(done(daemon, "customer", "show", "Ana"))
      #expect(shown.contains("Orders 2"), "\(shown)")
      #expect(shown.contains("Spent 1,350.00 EUR"), "\(shown)")
      #expect(shown.contains("Average order 675.00 EUR"), "\(shown)")
      #expect(shown.contains("Categories Sofas 50 %"), "\(shown)")
      #expect(shown.contains { $0.hasPrefix("Replies 1 of 2 messages (50 %)") }, "\(shown)")
      let facts = try lines(done(daemon, "fact", "list", "Ana", "--type", "order.placed"))
      let sofa = "P-1 · 1,295.00 EUR · 1 × Sofas, Oslo 3"
      #expect(facts.contains { $0.hasSuffix(sofa) }, "\(facts)")
      let sources = try lines(done(daemon, "source", "report"))
      #expect(sources.contains { $0.hasPrefix("Instagram 1 1 ") && $0.contains("500.00 EUR") })

      let wrong = try daemon.tagledger("order", "place", "P-9", "Ana", "--amount", "1.234,50")
      #expect(wrong.code == 1 && wrong.errors.contains(#"expected: "129.90""#), "\(wrong)")
      let fixed = try daemon.tagledger("account", "set", "--currency", "BRL")
      #expect(fixed.code != 0 && fixed.errors.contains("[currency.fixed]"), "\(fixed)")
      #expect(try Wire(daemon.socket).isSound())
    }

    @Test func `a spreadsheet of orders comes in, and the next one by the same mapping`() throws {
      let daemon = try RunningDaemon()
      let folder = daemon.scratch.path
      func file(_ name: String, _ rows: String) throws -> String {
        try rows.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        return "\(folder)/\(name)"
      }
      let first = try file(
        "novembro.csv",
        """
        Venda;Dia;Total;Telefone;Nome;Pago
        P-20;01/11/2025;1.234,50;(41) 97777-7777;Bia;02/11/2025
        P-21;01/11/2025;50,00;;Caio;02/11/2025

        """)
      let taken = try daemon.tagledger(
        "import", "orders", first, "--create-customers", "--dates", "dmy", "--save-as", "loja",
        "--column", "order=Venda", "--column", "time=Dia", "--failures",
        "\(folder)/recusadas.csv")
      #expect(taken.code == 1, "\(taken)")
      let refused = try String(contentsOfFile: "\(folder)/recusadas.csv", encoding: .utf8)
      #expect(refused.contains("\n3,row.cell_missing,"), "\(refused)")
      #expect(try lines(done(daemon, "mapping", "list")).contains { $0.hasPrefix("loja ") })
      let second = try file(
        "dezembro.csv",
        "Venda;Dia;Total;Telefone;Nome;Pago\nP-22;24/12/2025;10,00;(41) 97777-7777;Bia;\n")
      try done(daemon, "import", "orders", second, "--mapping", "loja")
      let shown = try lines(done(daemon, "customer", "show", "Bia"))
      #expect(shown.contains("Orders 2") && shown.contains("Spent 1,244.50 BRL"), "\(shown)")
      #expect(shown.contains { $0.hasPrefix("Last order 2025-12-23 21:00, ") }, "\(shown)")
      // Each fact says which file it comes from.
      let log = try done(daemon, "log", "--customer", "Bia")
      #expect(log.contains("(from novembro.csv)") && log.contains("(from dezembro.csv)"), "\(log)")
      try done(daemon, "mapping", "remove", "loja")
      #expect(try done(daemon, "mapping", "list", "-o", "json") == "[]\n")
      #expect(try Wire(daemon.socket).isSound())
    }
  }
}
