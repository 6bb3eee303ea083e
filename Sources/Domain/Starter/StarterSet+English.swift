extension StarterSet {
  static let english = [
    Words(
      "New customer", "First order within the last 30 days.",
      then: "Welcome them and ask how the first purchase went."),
    Words(
      "Active customer", "Answers at least 80 % of messages over 7 days.",
      then: "Offer a first look at new products."),
    Words(
      "Regular customer", "At least 3 orders in 180 days.",
      then: "Be in touch every 60 days and thank them with an advantage."),
    Words(
      "Purchases-Frequent", "3 orders in a month, or at least 2 in 30 days.",
      then: "Suggest a refill before they run out, with free shipping."),
    Words(
      "VIP", "20,000 or more in a year, or more than 5,000 in one order.",
      then: "Serve first, always by the same person."),
    Words(
      "VIP-Diamond", "More than 20,000 spent in all.",
      then: "Invite them to see launches before everybody else."),
    Words(
      "VIP-To reactivate", "A VIP with no order for 180 days.",
      then: "Call in person and make an offer for this customer alone."),
    Words(
      "Reactivate-60 days", "No order for more than 60 days.",
      then: "Send a refill reminder, or something new that goes with the last purchase."),
    Words(
      "Risk-90 days", "No order for more than 90 days.",
      then: "Ask what was missing and offer a voucher that ends soon."),
    Words(
      "Pace-Slowing", "A regular customer who orders less often; look again every 60 days.",
      then: "Ask whether something has changed before offering a discount."),
    Words(
      "Reply-24 h", "Answers within 24 hours.",
      then: "Include in offers that end soon."),
    Words(
      "Payment pending", "Ordered more than 1 hour ago and not paid.",
      then: "Send the payment link again and ask whether anything is unclear."),
    Words(
      "Paid-To ship", "Paid within the last 24 hours and not shipped.",
      then: "Confirm the address and ship today."),
    Words(
      "Shipped", "The order has left; note the tracking number and the estimate of 3 to 5 days.",
      then: "Send the tracking number and the estimate."),
    Words(
      "Status-Delivered", "The delivery is confirmed.",
      then: "Ask whether everything arrived well."),
    Words(
      "Received-7 days", "Order completed more than 7 days ago.",
      then: "Invite a review 3 days later; go through the list every Monday."),
    Words(
      "Complaint-Open", "A complaint is being dealt with.",
      then: "Look at it every morning before anything else; answer the same day."),
    Words(
      "Complaint-Resolved", "The complaint is resolved and the customer agrees.",
      then: "Be in touch again after a week."),
    Words(
      "Urgent", "The customer asked for something that cannot wait until tomorrow.",
      then: "Look at it every morning before anything else; remove as soon as it is done."),
    Words(
      "Source-IG ad", "Came through an Instagram ad.",
      then: "Offer a first look at the products of the ad."),
  ]
}
