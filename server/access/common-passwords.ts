/** The passwords of ten characters and more that lead every list of leaked ones; shorter ones are refused by length. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `1234567890 0123456789 9876543210 0987654321 1111111111 0000000000 1234512345 1231231234 1122334455 12345678910
  123456789a a123456789 123456789q q123456789 1234567890a 1234567890q 123456789123 123123123123 112233445566 147258369000
  qwertyuiop qwerty12345 qwerty123456 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv asdfghjkl1 zxcvbnm123 qwertyuiop123
  1qazxsw23edc q1w2e3r4t5 q1w2e3r4t5y6 asdfasdfasdf qweasdzxc123 password12 password123 password1234 password12345 password01
  passw0rd123 p@ssw0rd123 p@ssword123 mypassword mypassword1 newpassword yourpassword thepassword passwordpassword password2024
  password2025 password2026 welcome123 welcome1234 welcome2024 welcome2025 welcome2026 administrator administrator1 admin12345
  admin123456 adminadmin admin@1234 changeme123 changeme1234 letmein123 letmein1234 iloveyou12 iloveyou123 iloveyou1234
  basketball volleyball motorcycle strawberry watermelon chocolate1 butterfly1 football123 baseball123 superman123 batman12345
  princess123 sunshine123 monkey12345 dragon12345 liverpool1 manchester michelle123 jennifer123 stephanie1 christopher
  alexander1 elizabeth1 australia1 california callcenter callcentre contactcenter helpdesk123 servicedesk summer2024 summer2025
  summer2026 winter2024 winter2025 winter2026 spring2025 spring2026 autumn2025 autumn2026 abcdefghij abcdefghijk abcd123456
  abc1234567 abc123456789 aaaaaaaaaa`.split(/\s+/u),
);
