import APITypes

// What customers do.
extension Words {
  var order: String { say(en: "Order", pt: "Pedido", fr: "Commande") }
  var ordersHeading: String { say(en: "Orders", pt: "Pedidos", fr: "Commandes") }
  var spent: String { say(en: "Spent", pt: "Gasto", fr: "Dépensé") }
  var averageOrder: String {
    say(en: "Average order", pt: "Pedido médio", fr: "Commande moyenne")
  }
  var firstOrder: String { say(en: "First order", pt: "Primeiro pedido", fr: "Première commande") }
  var lastOrder: String { say(en: "Last order", pt: "Último pedido", fr: "Dernière commande") }
  var replies: String { say(en: "Replies", pt: "Respostas", fr: "Réponses") }
  var categoriesHeading: String { say(en: "Categories", pt: "Categorias", fr: "Catégories") }
  var frequency: String { say(en: "Frequency", pt: "Frequência", fr: "Fréquence") }
  var fact: String { say(en: "Fact", pt: "Fato", fr: "Fait") }
  var buyers: String { say(en: "New buyers", pt: "Novos compradores", fr: "Nouveaux acheteurs") }
  var revenue: String { say(en: "Revenue", pt: "Receita", fr: "Chiffre") }
  var repeatRate: String { say(en: "Again", pt: "De novo", fr: "À nouveau") }
  var spend: String { say(en: "Cost", pt: "Custo", fr: "Coût") }
  var acquisition: String {
    say(en: "Cost per buyer", pt: "Custo por comprador", fr: "Coût par acheteur")
  }
  var currencyHeading: String { say(en: "Currency", pt: "Moeda", fr: "Monnaie") }
  var columnsHeading: String { say(en: "Columns", pt: "Colunas", fr: "Colonnes") }

  func daysAgo(_ days: Int) -> String {
    choose(
      Int64(days), one: say(en: "1 day ago", pt: "há 1 dia", fr: "il y a 1 jour"),
      many: say(
        en: "\(number(days)) days ago", pt: "há \(number(days)) dias",
        fr: "il y a \(number(days)) jours"))
  }

  func lastSixty(_ now: Int, _ before: Int) -> String {
    say(
      en: "\(number(now)) in 60 days, \(number(before)) in the 60 before",
      pt: "\(number(now)) em 60 dias, \(number(before)) nos 60 anteriores",
      fr: "\(number(now)) en 60 jours, \(number(before)) dans les 60 précédents")
  }

  func replied(_ answered: Int, _ sent: Int, _ rate: Int) -> String {
    say(
      en: "\(number(answered)) of \(number(sent)) messages (\(rate) %)",
      pt: "\(number(answered)) de \(number(sent)) mensagens (\(rate) %)",
      fr: "\(number(answered)) sur \(number(sent)) messages (\(rate) %)")
  }

  func factsTaken(_ receipt: FactsReceipt) -> String {
    let recorded = choose(
      Int64(receipt.recorded), one: say(en: "1 fact", pt: "1 fato", fr: "1 fait"),
      many: say(
        en: "\(number(receipt.recorded)) facts", pt: "\(number(receipt.recorded)) fatos",
        fr: "\(number(receipt.recorded)) faits"))
    var text = say(
      en: "Recorded: \(recorded)", pt: "Registrado: \(recorded)", fr: "Enregistré : \(recorded)")
    if receipt.unchanged > 0 {
      text += say(
        en: ", \(number(receipt.unchanged)) known already",
        pt: ", \(number(receipt.unchanged)) já conhecidos",
        fr: ", \(number(receipt.unchanged)) déjà connus")
    }
    if receipt.superseded > 0 {
      text += say(
        en: ", \(number(receipt.superseded)) known otherwise: what is known stays",
        pt: ", \(number(receipt.superseded)) conhecidos de outro modo: vale o que já se sabe",
        fr: ", \(number(receipt.superseded)) connus autrement : ce qui est connu reste")
    }
    if receipt.refused > 0 {
      text += say(
        en: ", \(number(receipt.refused)) refused", pt: ", \(number(receipt.refused)) recusados",
        fr: ", \(number(receipt.refused)) refusés")
    }
    return text + "."
  }

  /// A figure as the daemon writes it, such as `1250.00` or `66.67%`, with the marks of the language.
  func figure(_ text: String) -> String {
    let digits = text.prefix { $0 == "-" || $0.isNumber }
    guard let whole = Int64(digits) else { return text }
    var rest = text.dropFirst(digits.count)
    let sign = whole == 0 && digits.hasPrefix("-") ? "-" : ""
    guard rest.first == "." else { return sign + number(whole) + rest }
    rest.removeFirst()
    return sign + number(whole) + say(en: ".", pt: ",", fr: ",") + rest
  }

  func currencySet(_ code: String) -> String {
    say(
      en: "Amounts are in \(code).", pt: "Os valores estão em \(code).",
      fr: "Les montants sont en \(code).")
  }

  func mappingRemoved(_ name: String) -> String {
    say(
      en: "The mapping “\(name)” is removed.", pt: "O mapeamento “\(name)” foi removido.",
      fr: "La correspondance « \(name) » est retirée.")
  }
}
