import Domain

/// What a value would have to be, in the three languages.
extension Expected {
  func words(in language: Language) -> String {
    switch language {
    case .en: english
    case .fr: french
    case .pt: portuguese
    }
  }

  /// The bounds of numbers, in brackets.
  private var bounds: String {
    guard case .risingNumbers(_, let bounds?) = self else { return "" }
    return " (\(bounds))"
  }

  /// Also what stands in the document of a problem, whatever its language.
  var english: String {
    switch self {
    case .written(let text): text
    case .nameWithLetters: "a name with letters"
    case .text: "a text"
    case .wholeNumber: "a whole number"
    case .risingNumbers(let count, _):
      "\(count) whole numbers\(bounds), each greater than the one before"
    case .eachOnce(let limit): "1…\(limit), each once"
    case .user: "the number of one user of this machine"
    case .timeToCome: "a time to come"
    case .timePassed: "a time that has passed"
    case .customersOfTag: "the number of customers who have the tag, 0…"
    case .visibleASCII(let limit): "1 to \(limit) visible ASCII characters, such as a UUID"
    case .noKey: "none: facts in a stream are known again by their ids"
    }
  }

  private var french: String {
    switch self {
    case .written(let text): text
    case .nameWithLetters: "un nom avec des lettres"
    case .text: "un texte"
    case .wholeNumber: "un nombre entier"
    case .risingNumbers(let count, _):
      "\(count) nombres entiers\(bounds), chacun plus grand que le précédent"
    case .eachOnce(let limit): "1…\(limit), chacun une seule fois"
    case .user: "le numéro d’un utilisateur de cette machine"
    case .timeToCome: "un moment à venir"
    case .timePassed: "un moment passé"
    case .customersOfTag: "le nombre de clients qui ont l’étiquette, 0…"
    case .visibleASCII(let limit): "1 à \(limit) caractères ASCII visibles, comme un UUID"
    case .noKey: "aucune : les faits d’un flux se reconnaissent à leurs identifiants"
    }
  }

  private var portuguese: String {
    switch self {
    case .written(let text): text
    case .nameWithLetters: "um nome com letras"
    case .text: "um texto"
    case .wholeNumber: "um número inteiro"
    case .risingNumbers(let count, _):
      "\(count) números inteiros\(bounds), cada um maior que o anterior"
    case .eachOnce(let limit): "1…\(limit), cada um uma só vez"
    case .user: "o número de um usuário desta máquina"
    case .timeToCome: "um momento que ainda vem"
    case .timePassed: "um momento que já passou"
    case .customersOfTag: "o número de clientes que têm a etiqueta, 0…"
    case .visibleASCII(let limit): "1 a \(limit) caracteres ASCII visíveis, como um UUID"
    case .noKey: "nenhuma: os fatos de um fluxo se reconhecem pelos seus identificadores"
    }
  }
}

/// A parameter that is empty or absent is told as missing, since there is nothing to quote.
func parameterWords(
  _ name: String, _ value: String, _ expected: Expected, in language: Language
) -> (title: String, detail: String) {
  let expected = expected.words(in: language)
  return switch (language, value.isEmpty) {
  case (.en, false):
    ("A parameter cannot be read", "“\(value)” does not fit “\(name)”; expected: \(expected).")
  case (.en, true):
    ("A parameter is missing", "“\(name)” has to be given; expected: \(expected).")
  case (.fr, false):
    (
      "Un paramètre ne se lit pas",
      "« \(value) » ne convient pas à « \(name) » ; attendu : \(expected)."
    )
  case (.fr, true):
    ("Il manque un paramètre", "« \(name) » doit être donné ; attendu : \(expected).")
  case (.pt, false):
    (
      "Um parâmetro não pode ser lido",
      "“\(value)” não serve para “\(name)”; esperado: \(expected)."
    )
  case (.pt, true):
    ("Falta um parâmetro", "“\(name)” tem de ser dado; esperado: \(expected).")
  }
}

extension Rejection.Shape {
  func words(in language: Language) -> String {
    switch language {
    case .en: rawValue
    case .fr: french
    case .pt: portuguese
    }
  }

  private var french: String {
    switch self {
    case .text: "un texte"
    case .texts: "une liste de textes"
    case .integer: "un nombre entier"
    case .id: "un nombre entier de 1 à 2147483647"
    case .ids: "une liste de nombres entiers de 1 à 2147483647"
    case .flag: "true ou false"
    case .object: "un objet"
    case .dictionary: "un objet dont les membres sont des textes"
    }
  }

  private var portuguese: String {
    switch self {
    case .text: "um texto"
    case .texts: "uma lista de textos"
    case .integer: "um número inteiro"
    case .id: "um número inteiro de 1 a 2147483647"
    case .ids: "uma lista de números inteiros de 1 a 2147483647"
    case .flag: "true ou false"
    case .object: "um objeto"
    case .dictionary: "um objeto cujos membros são textos"
    }
  }
}

extension SpreadsheetFault {
  func words(in language: Language) -> String {
    let (english, french, portuguese) =
      switch self {
      case .empty: ("The file is empty.", "Le fichier est vide.", "O arquivo está vazio.")
      case .workbook:
        (
          "It is an Excel workbook: save it as CSV (UTF-8) first.",
          "C’est un classeur Excel : enregistrez-le d’abord en CSV (UTF-8).",
          "É uma pasta de trabalho do Excel: salve antes como CSV (UTF-8)."
        )
      case .textAfterQuote:
        (
          "There is text after a closing quote.", "Il y a du texte après un guillemet fermant.",
          "Há texto depois de aspas que fecham."
        )
      case .quoteNotClosed:
        (
          "A quote is opened and never closed.", "Un guillemet s’ouvre et ne se ferme jamais.",
          "Aspas são abertas e nunca fechadas."
        )
      case .fieldTooLong:
        ("A cell is too long.", "Une cellule est trop longue.", "Uma célula é longa demais.")
      case .rowTooLong:
        ("The row is too long.", "La ligne est trop longue.", "A linha é longa demais.")
      case .tooManyFields:
        (
          "The row has too many cells.", "La ligne a trop de cellules.",
          "A linha tem células demais."
        )
      case .notText:
        (
          "There are bytes that are no text in this encoding.",
          "Il y a des octets qui ne sont pas du texte dans cet encodage.",
          "Há bytes que não são texto nesta codificação."
        )
      }
    return switch language {
    case .en: english
    case .fr: french
    case .pt: portuguese
    }
  }
}
