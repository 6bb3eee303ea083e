import Domain

/// The words of problems about facts, in the three languages.
extension Problem {
  func factWords(in language: Language) -> (title: String, detail: String) {
    switch language {
    case .en: factEnglish
    case .fr: factFrench
    case .pt: factPortuguese
    }
  }

  /// What helps to go on where a fact is what is wrong.
  var extrasOfFacts: [String: JSON] {
    switch self {
    case .factAhead(let time): ["occurred": .string(time.text)]
    case .currencyForeign(let given, let account):
      ["currency": .string(given), "account": .string(account)]
    case .currencyFixed(let account): ["account": .string(account)]
    case .amountOutOfRange(let amount): ["amount": .string("\(amount)")]
    default: [:]
    }
  }

  private var factEnglish: (title: String, detail: String) {
    switch self {
    case .factAhead(let time):
      (
        "That has not happened yet",
        "\(time.text) lies ahead by more than five minutes. Look at the clock it was read from."
      )
    case .currencyUnknown(let text):
      (
        "That is no currency",
        "“\(shown(text))” is not the code of a currency in use (ISO 4217), like BRL, EUR or USD."
      )
    case .currencyForeign(let given, let account):
      (
        "The account is kept in another currency",
        "The amount is in \(given), the account in \(account). Give a rate: how much \(account) one "
          + "\(given) is worth."
      )
    case .currencyFixed(let account):
      (
        "The currency cannot be changed any more",
        "There are amounts in \(account) already, and an amount never becomes another."
      )
    case .amountOutOfRange(let amount):
      (
        "The amount is out of range",
        "\(amount) is negative, or more than \(Currency.largestAmount) in minor units (cents)."
      )
    case .returnPositive(let order):
      (
        "That is no cancellation",
        "“\(shown(order))” has the number of a cancellation, but quantities or amounts above nothing: "
          + "a cancellation takes back, so they are negative. What such numbers begin with is said "
          + "with --returns."
      )
    default:
      (
        "There is no such column mapping",
        "No column mapping is saved under \(mappingName); the list tells which are."
      )
    }
  }

  private var factFrench: (title: String, detail: String) {
    switch self {
    case .factAhead(let time):
      (
        "Cela ne s’est pas encore passé",
        "\(time.text) est à plus de cinq minutes d’ici. Vérifiez l’horloge d’où vient cette heure."
      )
    case .currencyUnknown(let text):
      (
        "Ce n’est pas une monnaie",
        "« \(shown(text)) » n’est pas le code d’une monnaie en usage (ISO 4217), comme BRL, EUR, USD."
      )
    case .currencyForeign(let given, let account):
      (
        "Le compte est tenu dans une autre monnaie",
        "Le montant est en \(given), le compte en \(account). Donnez un taux : combien de "
          + "\(account) vaut un \(given)."
      )
    case .currencyFixed(let account):
      (
        "La monnaie ne peut plus être changée",
        "Il y a déjà des montants en \(account), et un montant n’en devient jamais un autre."
      )
    case .amountOutOfRange(let amount):
      (
        "Le montant est hors limites",
        "\(amount) est négatif, ou dépasse \(Currency.largestAmount) en centimes."
      )
    case .returnPositive(let order):
      (
        "Ce n’est pas une annulation",
        "« \(shown(order)) » porte le numéro d’une annulation, mais ses quantités ou montants sont "
          + "positifs ; une annulation reprend, ils sont donc négatifs. Le début de ces numéros se dit "
          + "avec --returns."
      )
    default:
      (
        "Cette correspondance de colonnes n’existe pas",
        "Aucune n’est gardée sous le nom \(mappingName) ; la liste dit lesquelles le sont."
      )
    }
  }

  private var factPortuguese: (title: String, detail: String) {
    switch self {
    case .factAhead(let time):
      (
        "Isso ainda não aconteceu",
        "\(time.text) está a mais de cinco minutos daqui. Verifique o relógio de onde veio a hora."
      )
    case .currencyUnknown(let text):
      (
        "Isso não é uma moeda",
        "“\(shown(text))” não é o código de uma moeda em uso (ISO 4217), como BRL, EUR ou USD."
      )
    case .currencyForeign(let given, let account):
      (
        "A conta está em outra moeda",
        "O valor está em \(given), a conta em \(account). Dê uma taxa: quanto vale em \(account) um "
          + "\(given)."
      )
    case .currencyFixed(let account):
      (
        "A moeda não pode mais ser mudada",
        "Já existem valores em \(account), e um valor nunca vira outro."
      )
    case .amountOutOfRange(let amount):
      (
        "O valor está fora dos limites",
        "\(amount) é negativo, ou passa de \(Currency.largestAmount) em centavos."
      )
    case .returnPositive(let order):
      (
        "Isso não é um cancelamento",
        "“\(shown(order))” tem número de cancelamento, mas quantidades ou valores positivos; um "
          + "cancelamento devolve, então são negativos. Com que letras esses números começam se diz "
          + "com --returns."
      )
    default:
      (
        "Esse mapeamento de colunas não existe",
        "Nenhum está guardado como \(mappingName); a lista diz quais estão."
      )
    }
  }

  private var mappingName: String {
    guard case .mappingNotFound(let name) = self else { return "" }
    return "“\(shown(name))”"
  }
}
