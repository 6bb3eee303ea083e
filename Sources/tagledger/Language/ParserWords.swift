/// What ArgumentParser itself says around the help and about wrong use, which it knows in English only, in
/// the language of whoever reads it. What is not known here stays as it is.
struct ParserWords {
  let words: Words

  /// A help text or a complaint; anything else, such as a completion script, is left alone.
  func said(_ text: String) -> String {
    let starts = ["OVERVIEW: ", "USAGE: ", "Error: "]
    guard words.language != .english, starts.contains(where: text.hasPrefix) else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line(String($0)) }.joined(separator: "\n")
  }

  private func line(_ line: String) -> String {
    var line = line
    if line.hasPrefix("Error: ") { replace(complaints, in: &line) }
    if let heading = headings.first(where: { line.hasPrefix($0.english) }) {
      line = heading.said + line.dropFirst(heading.english.count)
    } else if line.hasSuffix(Self.subcommands), line == line.uppercased() {
      // A group of commands, by its name.
      line = line.dropLast(Self.subcommands.count) + words.say(en: ":", pt: ":", fr: " :")
    }
    replace(phrases, in: &line)
    return line
  }

  private func replace(_ phrases: [Phrase], in line: inout String) {
    for phrase in phrases where line.contains(phrase.english) {
      line = line.replacing(phrase.english, with: phrase.said)
    }
  }

  private static let subcommands = " SUBCOMMANDS:"

  private typealias Phrase = (english: String, said: String)

  private func phrase(_ english: String, pt: String, fr: String) -> Phrase {
    (english, words.say(en: english, pt: pt, fr: fr))
  }

  /// What a line begins with.
  private var headings: [Phrase] {
    [
      phrase("OVERVIEW: ", pt: "RESUMO: ", fr: "RÉSUMÉ : "),
      phrase("USAGE: ", pt: "USO: ", fr: "UTILISATION : "),
      phrase("ARGUMENTS:", pt: "ARGUMENTOS:", fr: "ARGUMENTS :"),
      phrase("OPTIONS:", pt: "OPÇÕES:", fr: "OPTIONS :"),
      phrase("SUBCOMMANDS:", pt: "SUBCOMANDOS:", fr: "SOUS-COMMANDES :"),
      phrase("Error: ", pt: "Erro: ", fr: "Erreur : "),
      phrase("Help:  ", pt: "Ajuda:  ", fr: "Aide :  "),
      phrase("Usage: ", pt: "Uso: ", fr: "Utilisation : "),
      phrase("  See '", pt: "  Veja '", fr: "  Voir '"),
    ]
  }

  /// What stands anywhere in a line.
  private var phrases: [Phrase] {
    [
      phrase("' for more information.", pt: "' para saber mais.", fr: "' pour en savoir plus."),
      phrase("' for detailed help.", pt: "' para a ajuda completa.", fr: "' pour l’aide complète."),
      phrase("Show help information.", pt: "Mostrar a ajuda.", fr: "Afficher l’aide."),
      phrase("Show the version.", pt: "Mostrar a versão.", fr: "Afficher la version."),
      phrase("(default: ", pt: "(padrão: ", fr: "(par défaut : "),
      phrase("; default: ", pt: "; padrão: ", fr: " ; par défaut : "),
      phrase("(values: ", pt: "(valores: ", fr: "(valeurs : "),
    ]
  }

  /// What is wrong with how the program was called.
  private var complaints: [Phrase] {
    [
      phrase(
        "Missing expected argument '", pt: "Falta o argumento '", fr: "Il manque l’argument '"),
      phrase("Missing value for '", pt: "Falta o valor de '", fr: "Il manque la valeur de '"),
      phrase("Missing one of: '", pt: "Falta um destes: '", fr: "Il manque l’un de ceux-ci : '"),
      phrase(
        "Missing required subcommand.", pt: "Falta o subcomando.", fr: "Il manque la sous-commande."
      ),
      phrase("Unknown option '", pt: "Opção desconhecida '", fr: "Option inconnue '"),
      phrase("Invalid option: ", pt: "Opção inválida: ", fr: "Option incorrecte : "),
      phrase("Unexpected argument '", pt: "Argumento inesperado '", fr: "Argument inattendu '"),
      phrase(
        " unexpected arguments: '", pt: " argumentos inesperados: '",
        fr: " arguments inattendus : '"),
      phrase("'. Did you mean '", pt: "'. Seria '", fr: "'. Serait-ce '"),
      phrase("The value '", pt: "O valor '", fr: "La valeur '"),
      phrase("' is invalid for '", pt: "' não serve para '", fr: "' ne convient pas à '"),
      phrase("' is invalid.", pt: "' não serve.", fr: "' ne convient pas."),
      phrase(
        ". Please provide one of the following:", pt: ". Escolha um destes:",
        fr: ". Choisissez l’un de ceux-ci :"),
      phrase(". Please provide one of ", pt: ". Escolha ", fr: ". Choisissez "),
      phrase("The option '", pt: "A opção '", fr: "L’option '"),
      phrase(
        "' does not take any value, but '", pt: "' não leva valor, mas recebeu '",
        fr: "' ne prend pas de valeur, mais a reçu '"),
      phrase("' was specified.", pt: "'.", fr: "'."),
    ]
  }
}
