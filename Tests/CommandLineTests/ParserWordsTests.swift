import ArgumentParser
import Testing

@testable import tagledger

/// What ArgumentParser says by itself, in the languages of the shop.
@Suite struct ParserWordsTests {
  private static let portuguese = ParserWords(words: Words(language: .portuguese))
  private static let french = ParserWords(words: Words(language: .french))

  @Test func `no heading of any help text is left in English`() {
    let english = ["OVERVIEW: ", "USAGE: ", "ARGUMENTS:", "OPTIONS:", "SUBCOMMANDS:"]
    func walk(_ type: any ParsableCommand.Type) {
      let help = Tagledger.helpMessage(for: type, columns: 80)
      for (told, words) in [(Self.portuguese, "pt"), (Self.french, "fr")] {
        for line in told.said(help).split(separator: "\n") {
          #expect(!english.contains { line.hasPrefix($0) || line.hasSuffix(" \($0)") }, "\(words)")
          #expect(!line.hasSuffix("Show help information."), "\(words)")
        }
      }
      let groups = type.configuration.groupedSubcommands.flatMap(\.subcommands)
      for child in type.configuration.subcommands + groups { walk(child) }
    }
    walk(Tagledger.self)
  }

  @Test(arguments: [
    (["undo"], "Erro: Falta o argumento '<command>'", "Erreur : Il manque l’argument '<command>'"),
    (
      ["tag", "list", "--frob"], "Erro: Opção desconhecida '--frob'",
      "Erreur : Option inconnue '--frob'"
    ),
    (["status", "x"], "Erro: Argumento inesperado 'x'", "Erreur : Argument inattendu 'x'"),
    (
      ["log", "--limit", "x"], "Erro: O valor 'x' não serve para '--limit <number>'",
      "Erreur : La valeur 'x' ne convient pas à '--limit <number>'"
    ),
    (
      ["log", "--limit"], "Erro: Falta o valor de '--limit",
      "Erreur : Il manque la valeur de '--limit"
    ),
  ])
  func `wrong use is said in the language of whoever reads it`(
    arguments: [String], portuguese: String, french: String
  ) throws {
    let error = #expect(throws: (any Error).self) { _ = try Tagledger.parseAsRoot(arguments) }
    let message = Tagledger.fullMessage(for: try #require(error))
    #expect(Self.portuguese.said(message).hasPrefix(portuguese))
    #expect(Self.french.said(message).hasPrefix(french))
    #expect(ParserWords(words: Words(language: .english)).said(message) == message)
  }

  @Test func `what is no help and no complaint stays as it is`() {
    let script = Tagledger.completionScript(for: .bash)
    #expect(Self.portuguese.said(script) == script)
  }
}
