process.env.ATTESTRY_TEST_ON = "postgres";
process.env.ATTESTRY_TEST_SPREAD = "3";
